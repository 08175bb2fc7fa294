package trainyard.faults.layout;

import java.util.Arrays;
import java.util.stream.IntStream;
import trainyard.sim.inventory.IndexSet;

/** Some slots of a job, to be read only. */
public final class Slots {

    private final IndexSet members;

    private Slots(IndexSet members) {
        this.members = members;
    }

    /** What a set holds at the time of each question. */
    public static Slots of(IndexSet members) {
        return new Slots(members);
    }

    /**
     * Stated ones.
     *
     * @param layout the job whose slots they are
     */
    public static Slots of(JobLayout layout, int... slots) {
        IndexSet members = new IndexSet(layout.nodes());
        Arrays.stream(slots).forEach(members::add);
        return new Slots(members);
    }

    public int count() {
        return members.size();
    }

    public boolean contains(int slot) {
        return members.contains(slot);
    }

    /** The least one that is not below a slot; -1 where there is none. */
    public int next(int from) {
        return members.next(from);
    }

    /** All in ascending order. */
    public IntStream stream() {
        return Arrays.stream(members.toArray());
    }

    @Override
    public String toString() {
        return Arrays.toString(members.toArray());
    }
}

package trainyard.faults.recovery;

import trainyard.faults.cause.Damage;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;

/**
 * What a job knows when a fault is diagnosed.
 *
 * @param layout its slots
 * @param missing slots without a node that works
 * @param blank slots that hold no state: the missing ones, and those whose node works but lost what its GPUs held
 * @param out slots that took no part in the steps before the fault
 * @param free working nodes that nobody has
 * @param standbys working nodes that the job holds ready beside its slots
 * @param damage the worst that happened since the job last ran
 */
public record Situation(
        JobLayout layout, Slots missing, Slots blank, Slots out, int free, int standbys, Damage damage) {

    /** Nodes that the job is made for. */
    public int wanted() {
        return layout.nodes();
    }

    /** Nodes in its slots that work. */
    public int working() {
        return wanted() - missing.count();
    }

    /** Nodes that the job lacks. */
    public int lost() {
        return missing.count();
    }

    /** Whether nothing of the state was lost, or another node still has each part that was. */
    public boolean hasStateLeft() {
        return struck() == 0 || layout.hasCopyOutside(blank);
    }

    /** Slots that lost their state since the job last ran. */
    public int struck() {
        return blank.count() - out.count();
    }
}

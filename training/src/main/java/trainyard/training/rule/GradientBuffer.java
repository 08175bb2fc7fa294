package trainyard.training.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import trainyard.training.clock.GradientWork;

/** Gradients that wait for their update. */
final class GradientBuffer {
    private int wanted;
    private final List<GradientWork> works = new ArrayList<>();

    /**
     * @param wanted gradients of one update
     */
    GradientBuffer(int wanted) {
        this.wanted = wanted;
    }

    /** Adds a gradient; true when the last one wanted is there. */
    boolean add(GradientWork work) {
        works.add(work);
        return works.size() == wanted;
    }

    /** Wants more gradients from now on. */
    void want(int more) {
        wanted = Math.max(wanted, more);
    }

    /** Takes all, in the order of workers and of their batches, so that sums do not depend on who came first. */
    List<GradientWork> take() {
        List<GradientWork> taken = new ArrayList<>(works);
        taken.sort(Comparator.comparingInt(GradientWork::worker)
                .thenComparingLong(work -> work.batch().index()));
        works.clear();
        return taken;
    }

    /** Takes the gradient of a worker back, of which there must be one. */
    GradientWork remove(int worker) {
        for (int i = 0; i < works.size(); i++) {
            if (works.get(i).worker() == worker) {
                return works.remove(i);
            }
        }
        throw new IllegalArgumentException("worker " + worker + " has no gradient here");
    }

    static int require(int wanted, int workers, String rule) {
        if (wanted < 1 || wanted > workers) {
            throw new IllegalArgumentException(
                    rule + " of " + wanted + " needs from 1 to " + workers + " workers, which is how many there are");
        }
        return wanted;
    }
}

package trainyard.scheduler.placement;

import java.util.Objects;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;

/**
 * As few nodes as possible: a job that fits on one node runs on one; a larger one gets whole nodes and the rest on one
 * more. Among nodes with enough for a part, {@code choice} decides.
 *
 * @param choice which node of those that would do
 */
public record Consolidate(Choice choice) implements Placement {

    /** Which of the nodes with enough free GPUs is taken. */
    public enum Choice {
        /** The lowest number. */
        FIRST_FIT("first-fit"),
        /** The fullest. */
        BEST_FIT("best-fit"),
        /** The emptiest. */
        WORST_FIT("worst-fit");

        private final String word;

        Choice(String word) {
            this.word = word;
        }
    }

    public Consolidate {
        Objects.requireNonNull(choice, "choice");
    }

    @Override
    public String name() {
        return choice.word;
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        chosen.clear();
        if (free.free() < gpus) {
            return false;
        }
        int whole = free.largestNode();
        int missing = gpus;
        for (int node = free.withExactly(whole, 0);
                missing > whole && node != FreeGpus.NONE;
                node = free.withExactly(whole, node + 1)) {
            chosen.add(node, whole);
            missing -= whole;
        }
        if (missing > whole) {
            chosen.clear();
            return false;
        }
        int nextWhole = chosen.count() == 0 ? 0 : chosen.node(chosen.count() - 1) + 1;
        int node = rest(free, missing, free.withExactly(whole, nextWhole));
        if (node == FreeGpus.NONE) {
            chosen.clear();
            return false;
        }
        chosen.add(node, missing);
        return true;
    }

    /** A node for the rest: one that is partly free, or the next one that is wholly free. */
    private int rest(FreeGpus free, int gpus, int wholeNode) {
        int partly = partlyFree(free, gpus);
        if (wholeNode == FreeGpus.NONE || partly == FreeGpus.NONE) {
            return Math.max(wholeNode, partly);
        }
        return switch (choice) {
            case FIRST_FIT -> Math.min(wholeNode, partly);
            case BEST_FIT -> partly;
            case WORST_FIT -> wholeNode;
        };
    }

    private int partlyFree(FreeGpus free, int gpus) {
        int found = FreeGpus.NONE;
        for (int count = Math.max(1, gpus); count < free.largestNode(); count++) {
            int node = free.withExactly(count, 0);
            if (node == FreeGpus.NONE) {
                continue;
            }
            if (choice == Choice.BEST_FIT) {
                return node;
            }
            boolean better = found == FreeGpus.NONE || choice == Choice.WORST_FIT || node < found;
            found = better ? node : found;
        }
        return found;
    }
}

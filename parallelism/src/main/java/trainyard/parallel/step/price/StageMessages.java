package trainyard.parallel.step.price;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.sim.checks.Checks;

/**
 * Seconds of a message from one pipeline stage to another. Stages fill the nodes one after the other; where a rank and its
 * counterpart of the other stage lie on different nodes the message crosses the network, and all ranks of a stage wait for the
 * slowest.
 *
 * @param within a node, 0 or more
 * @param between nodes, 0 or more
 * @param ranksPerStage ranks of a stage, neighbours
 * @param gpusPerNode ranks of a node
 */
public record StageMessages(double within, double between, int ranksPerStage, int gpusPerNode) {

    /** Nothing is sent. */
    public static final StageMessages NONE = alike(0);

    public StageMessages {
        Checks.notNegative("within", within);
        Checks.notNegative("between", between);
        Checks.atLeast("ranksPerStage", ranksPerStage, 1);
        Checks.atLeast("gpusPerNode", gpusPerNode, 1);
    }

    /** Messages that take the same wherever stages lie. */
    public static StageMessages alike(double seconds) {
        return new StageMessages(seconds, seconds, 1, 1);
    }

    /** The slowest of those that ranks of one layout send. */
    public static StageMessages slowest(List<StageMessages> all) {
        StageMessages first = all.get(0);
        return new StageMessages(
                all.stream().mapToDouble(StageMessages::within).max().orElseThrow(),
                all.stream().mapToDouble(StageMessages::between).max().orElseThrow(),
                first.ranksPerStage,
                first.gpusPerNode);
    }

    /**
     * Whether a message between two stages crosses the network. It does not only where all ranks of both lie on one node: a
     * rank is at least as many ranks from its counterpart as a stage has.
     */
    static boolean leavesNode(int stage, int other, int ranksPerStage, int gpusPerNode) {
        int first = Math.min(stage, other) * ranksPerStage;
        int last = (Math.max(stage, other) + 1) * ranksPerStage - 1;
        return stage != other && first / gpusPerNode != last / gpusPerNode;
    }

    /** Seconds of a message from one stage to another. */
    public double seconds(int from, int to) {
        return within == between || leavesNode(from, to, ranksPerStage, gpusPerNode) ? between : within;
    }

    /** The longest that any takes. */
    public double most() {
        return Math.max(within, between);
    }

    /** Mean over the borders between neighbouring stages; 0 for a single stage. */
    public double mean(int stages) {
        return IntStream.range(1, stages)
                .mapToDouble(stage -> seconds(stage - 1, stage))
                .average()
                .orElse(0);
    }
}

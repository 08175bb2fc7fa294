package trainyard.parallel.step.price;

import java.util.List;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.transformer.MixtureOfExperts;

/**
 * Which operators of a layer run in CUDA graphs, and what the host takes to issue an operator then: nothing where the graph that
 * holds it is launched already. Tokens on their way to their experts and the experts stay outside unless the whole step is one
 * graph, since their number is not fixed.
 */
final class GraphedOperators {

    private final boolean whole;
    private final boolean block;
    private final List<Operator> operators;
    private final int firstExchange;
    private final int firstShared;
    private final int lastShared;

    GraphedOperators(SoftwareProfile software, Layer layer, List<Operator> operators) {
        this.whole = software.has(SoftwareFeature.GRAPHED_STEP);
        this.block = software.has(SoftwareFeature.GRAPHED_LAYERS) && layer.role() == LayerRole.BLOCK;
        this.operators = operators;
        int exchange = operators.size();
        int first = operators.size();
        int last = -1;
        for (int i = operators.size() - 1; i >= 0; i--) {
            exchange = operators.get(i) instanceof Operator.ExpertExchange ? i : exchange;
            if (MixtureOfExperts.isOfSharedExperts(operators.get(i))) {
                first = i;
                last = Math.max(last, i);
            }
        }
        this.firstExchange = exchange;
        this.firstShared = first;
        this.lastShared = last;
    }

    /** Whether the host waits for nothing: sizes are fixed in advance. */
    boolean neverWaits() {
        return whole;
    }

    /** Whether all of the layer runs in graphs. */
    boolean holdsAll() {
        return whole || block && firstExchange == operators.size();
    }

    private boolean holds(int index) {
        boolean shared = index >= firstShared && index <= lastShared;
        return index >= 0 && index < operators.size() && block && (index < firstExchange || shared);
    }

    /**
     * Seconds to issue an operator.
     *
     * @param index its place in the layer
     * @param before the place of the operator that the pass issues before it, outside of the layer where there is none
     * @param seconds what it takes outside of graphs
     * @param launch what it takes to launch a graph
     */
    double issue(int index, int before, double seconds, double launch) {
        if (whole) {
            return 0;
        }
        if (!holds(index)) {
            return seconds;
        }
        return holds(before) ? 0 : launch;
    }
}

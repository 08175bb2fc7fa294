package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.step.LayerCosts.LayerCost;

/**
 * A layer of a chunk with the cost of its passes, which depends on where it stands if only some layers recompute.
 *
 * @param layer the layer
 * @param cost its passes
 */
record PricedLayer(Layer layer, LayerCost cost) {

    /**
     * The layers of a piece of the model, in forward order.
     *
     * @param piece number of the piece
     */
    static List<PricedLayer> of(List<Layer> layers, int piece, Checkpointing checkpointing, LayerCosts costs) {
        List<PricedLayer> priced = new ArrayList<>();
        int block = 0;
        for (Layer layer : layers) {
            priced.add(new PricedLayer(layer, costs.of(layer, checkpointing.of(piece, block))));
            block += layer.recomputable() ? 1 : 0;
        }
        return priced;
    }
}

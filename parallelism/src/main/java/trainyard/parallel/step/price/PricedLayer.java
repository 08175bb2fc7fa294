package trainyard.parallel.step.price;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.step.price.LayerCosts.LayerCost;

/**
 * A layer of a chunk with the cost of its passes, which depends on where it stands if only some layers recompute.
 *
 * @param layer the layer
 * @param recompute what its backward pass computes again, if it can
 * @param cost its passes
 */
record PricedLayer(Layer layer, Recompute recompute, LayerCost cost) {

    static PricedLayer of(Layer layer, Recompute recompute, LayerCosts costs) {
        return new PricedLayer(layer, recompute, costs.of(layer, recompute));
    }

    /**
     * The layers of a piece of the model, in forward order.
     *
     * @param piece number of the piece
     */
    static List<PricedLayer> of(List<Layer> layers, int piece, Checkpointing checkpointing, LayerCosts costs) {
        List<PricedLayer> priced = new ArrayList<>();
        int block = 0;
        for (Layer layer : layers) {
            priced.add(of(layer, checkpointing.of(piece, block), costs));
            block += layer.recomputable() ? 1 : 0;
        }
        return priced;
    }
}

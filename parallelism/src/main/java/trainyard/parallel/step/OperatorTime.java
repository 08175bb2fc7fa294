package trainyard.parallel.step;

/**
 * What one operator of a layer costs per micro-batch on one rank.
 *
 * @param layer kind of layer
 * @param operator its name
 * @param forwardSeconds forward pass
 * @param backwardSeconds backward pass without recomputation, hidden exchanges left out
 * @param exchange whether it is an exchange between tensor-parallel ranks
 */
public record OperatorTime(
        String layer, String operator, double forwardSeconds, double backwardSeconds, boolean exchange) {}

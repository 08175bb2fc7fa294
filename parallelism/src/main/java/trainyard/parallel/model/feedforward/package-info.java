/**
 * Networks without attention: convolutional ones (ResNet, VGG, Inception) and fully connected ones. A {@link
 * trainyard.parallel.model.feedforward.FeedForwardNetwork} is a list of layers, each a short list of {@link
 * trainyard.parallel.model.feedforward.Operation operations} on feature maps; {@link
 * trainyard.parallel.model.feedforward.LayerBuilder} strings them together and keeps track of the map's size. One image of
 * the batch counts as one sequence, whatever length the batch gives it.
 */
package trainyard.parallel.model.feedforward;

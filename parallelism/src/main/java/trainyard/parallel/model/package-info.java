/**
 * What is trained. A {@link trainyard.parallel.model.Model} is an ordered list of {@link trainyard.parallel.model.Layer
 * layers}; a layer, given its share of the work ({@link trainyard.parallel.model.Shard}), lists its {@link
 * trainyard.parallel.model.Operator operators}. FLOPs, bytes moved, traffic and activation memory all follow from that
 * one list. To add a model, write its layers: transformers lie in {@code transformer}, convolutional and fully connected
 * networks in {@code feedforward}, published models by name in {@code preset}.
 */
package trainyard.parallel.model;

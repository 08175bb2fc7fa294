/**
 * Transformers: decoders of the GPT and Llama kind, mixtures of experts, encoders (BERT, ViT) and encoder-decoders (T5).
 * A {@link trainyard.parallel.model.transformer.TransformerModel} is a list of {@link
 * trainyard.parallel.model.transformer.Block blocks}, each an {@link trainyard.parallel.model.transformer.Attention} and an
 * {@link trainyard.parallel.model.transformer.Mlp}; a new kind of either is one more record here.
 */
package trainyard.parallel.model.transformer;

/** How a gradient changes parameters: {@link trainyard.training.optimizer.VersionedParameters} with its optimizer and learning rate. */
package trainyard.training.optimizer;

/** Published models by name, each with the source of its dimensions. To add one, add a line to the list of its family. */
package trainyard.parallel.model.preset;

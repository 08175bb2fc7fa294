/**
 * Update rules whose workers train parameters of their own: they average now and then, pull each other, or gossip. {@link
 * trainyard.training.replica.Replicas} holds the parameters; the optimizer of the run is that of each replica. Under each rule it
 * is said whose loss is shown.
 */
package trainyard.training.replica;

/** Fingerprints of inputs and outputs: {@link trainyard.sim.hash.Sha256}, as reports and manifests print them. */
package trainyard.sim.hash;

/**
 * The simulator of Helios' QSSF (Hu et al., SC 2021; S-Lab-System-Group/HeliosArtifact at bdaae10): steps of one second, which
 * are played here by events.
 */
package trainyard.scheduler.peer.helios;

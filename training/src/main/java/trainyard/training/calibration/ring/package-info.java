/**
 * Several Java processes on this machine that talk over loopback TCP: a ring all-reduce between them, and its time by the size
 * of what is summed. Never more processes than cores: they would wait for one another's turn on a core.
 */
package trainyard.training.calibration.ring;

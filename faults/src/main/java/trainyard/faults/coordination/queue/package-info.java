/**
 * A queue of tasks that sends a task out again when nothing is heard of it: at-least-once delivery with a visibility
 * timeout, and what it costs in work done twice.
 */
package trainyard.faults.coordination.queue;

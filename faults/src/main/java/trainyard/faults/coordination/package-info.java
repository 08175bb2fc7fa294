/**
 * How the parties of a training system agree, wait and hand work on when some of them fail: waits that never end
 * ({@code waiting}), a coordinator of workers ({@code coordinator}), a queue of tasks ({@code queue}), and the election of a
 * leader on a network that may be cut ({@code election}). Here stands what they share.
 */
package trainyard.faults.coordination;

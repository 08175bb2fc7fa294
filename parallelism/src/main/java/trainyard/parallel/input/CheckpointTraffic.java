package trainyard.parallel.input;

/**
 * Checkpoints that are written to the storage in the background; one that is due while another is written is left out.
 *
 * @param bytes size of one
 * @param everySteps steps from one to the next
 * @param streams clients that write it together
 */
public record CheckpointTraffic(double bytes, int everySteps, int streams) {

    public CheckpointTraffic {
        if (!(bytes > 0) || everySteps < 1 || streams < 1) {
            throw new IllegalArgumentException("a checkpoint has a size, an interval and streams, got " + bytes + " B, "
                    + everySteps + " steps, " + streams);
        }
    }
}

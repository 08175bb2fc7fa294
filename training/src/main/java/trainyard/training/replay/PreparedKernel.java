package trainyard.training.replay;

/** A kernel with its operands, ready to be queued any number of times. */
public interface PreparedKernel extends AutoCloseable {

    /** Queues it once. */
    void queue();

    /** Gives back what the preparation took; the operands stay. */
    @Override
    void close();
}

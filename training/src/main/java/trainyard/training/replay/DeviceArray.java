package trainyard.training.replay;

/** Memory of a device. */
public interface DeviceArray extends AutoCloseable {

    /** Its length in floats. */
    long floats();

    /** Gives the memory back. */
    @Override
    void close();
}

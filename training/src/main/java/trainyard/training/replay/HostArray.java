package trainyard.training.replay;

import java.nio.FloatBuffer;

/** Memory of the host from and to which a device copies. */
public interface HostArray extends AutoCloseable {

    /** The values themselves, from the first to the last. */
    FloatBuffer values();

    /** Gives the memory back. */
    @Override
    void close();
}

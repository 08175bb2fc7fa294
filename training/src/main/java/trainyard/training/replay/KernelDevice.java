package trainyard.training.replay;

import java.util.List;
import java.util.Map;

/**
 * What executes kernels. Work is queued and runs in order; {@link #seconds} and copies to the host wait for it. A device serves
 * one thread.
 */
public interface KernelDevice extends AutoCloseable {

    /** Facts of device and libraries for the profile, such as {@code gpu}, {@code compute_capability} and {@code driver}. */
    Map<String, String> facts();

    /** Bytes of memory that can still be allocated. */
    long freeBytes();

    /** Whether it has matrix products of a format. */
    boolean supports(MatrixMath math);

    /**
     * Memory of its own, all zero.
     *
     * @throws IllegalStateException if there is not enough
     */
    DeviceArray allocate(long floats);

    /**
     * Memory of the host.
     *
     * @param pinned whether it stays in place, so that the device reads and writes it directly
     */
    HostArray host(int floats, boolean pinned);

    /** Copies a whole host array to the front of a device array. */
    void copy(HostArray from, DeviceArray to);

    /** Fills a whole host array from the front of a device array. */
    void copy(DeviceArray from, HostArray to);

    /** Copies one array of the device to another of the same length. */
    void copy(DeviceArray from, DeviceArray to);

    /** Queues a kernel that does nothing. */
    void nothing();

    /**
     * Makes a kernel ready, so that to queue it takes the host as little time as it can.
     *
     * @param math of matrix products; those of {@link MatrixMath#BF16} read 16-bit operands and write 32-bit results
     * @param operands at least as long as {@link Kernel#operands} says
     */
    PreparedKernel prepare(Kernel kernel, MatrixMath math, List<DeviceArray> operands);

    /** Queues a kernel once. */
    default void run(Kernel kernel, MatrixMath math, List<DeviceArray> operands) {
        try (PreparedKernel prepared = prepare(kernel, math, operands)) {
            prepared.queue();
        }
    }

    /** Seconds from the start of the first kernel or copy that the work queues to the end of the last. */
    double seconds(Runnable work);

    @Override
    void close();

    /** Writes values to the front of an array. */
    default void upload(float[] values, DeviceArray to) {
        try (HostArray host = host(values.length, false)) {
            host.values().put(values);
            copy(host, to);
        }
    }

    /** The first values of an array. */
    default float[] download(DeviceArray from, int floats) {
        try (HostArray host = host(floats, false)) {
            copy(from, host);
            float[] values = new float[floats];
            host.values().get(values);
            return values;
        }
    }
}

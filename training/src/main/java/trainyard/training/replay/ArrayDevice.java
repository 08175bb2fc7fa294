package trainyard.training.replay;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Kernels as plain loops over arrays: the yardstick for the results of devices, not for their speed. */
public final class ArrayDevice implements KernelDevice {

    private static final double NANOSECONDS = 1e-9;

    private final LongSupplier nanoseconds;

    /** @param nanoseconds a clock that never goes back */
    public ArrayDevice(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    private record Memory(float[] values) implements DeviceArray {
        @Override
        public long floats() {
            return values.length;
        }

        @Override
        public void close() {}
    }

    private record Host(float[] array) implements HostArray {
        @Override
        public FloatBuffer values() {
            return FloatBuffer.wrap(array);
        }

        @Override
        public void close() {}
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("device", "arrays of " + System.getProperty("java.vm.name"));
    }

    @Override
    public long freeBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    @Override
    public boolean supports(MatrixMath math) {
        return math == MatrixMath.FP32;
    }

    @Override
    public DeviceArray allocate(long floats) {
        return new Memory(new float[Math.toIntExact(floats)]);
    }

    @Override
    public HostArray host(int floats, boolean pinned) {
        return new Host(new float[floats]);
    }

    @Override
    public void copy(HostArray from, DeviceArray to) {
        from.values().get(values(to), 0, from.values().capacity());
    }

    @Override
    public void copy(DeviceArray from, HostArray to) {
        to.values().put(values(from), 0, to.values().capacity());
    }

    @Override
    public void copy(DeviceArray from, DeviceArray to) {
        System.arraycopy(values(from), 0, values(to), 0, values(to).length);
    }

    @Override
    public void nothing() {}

    @Override
    public PreparedKernel prepare(Kernel kernel, MatrixMath math, List<DeviceArray> operands) {
        if (!supports(math)) {
            throw new IllegalArgumentException("plain arrays have no products of " + math.word());
        }
        float[][] arrays = operands.stream().map(ArrayDevice::values).toArray(float[][]::new);
        return new PreparedKernel() {
            @Override
            public void queue() {
                execute(kernel, arrays);
            }

            @Override
            public void close() {}
        };
    }

    private static void execute(Kernel kernel, float[]... arrays) {
        if (kernel instanceof Kernel.Gemm gemm) {
            ArrayGemm.run(gemm, arrays[0], arrays[1], arrays[2]);
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            ArrayElements.run(elementwise, arrays);
        } else if (kernel instanceof Kernel.Rows rows) {
            ArrayRows.run(rows, arrays);
        } else if (kernel instanceof Kernel.Windows windows) {
            ArrayWindows.run(windows, arrays);
        } else if (kernel instanceof Kernel.Adam adam) {
            ArrayElements.adam(Math.toIntExact(adam.parameters()), arrays);
        } else if (kernel instanceof Kernel.Stream stream) {
            stream(stream, arrays[0], arrays[1]);
        }
    }

    @Override
    public double seconds(Runnable work) {
        long before = nanoseconds.getAsLong();
        work.run();
        return (nanoseconds.getAsLong() - before) * NANOSECONDS;
    }

    @Override
    public void close() {}

    /** Each element written takes up its share of those read. */
    private static void stream(Kernel.Stream stream, float[] from, float[] to) {
        int reads = Math.toIntExact(stream.reads());
        int writes = Math.toIntExact(stream.writes());
        Arrays.fill(to, 0, writes, 0);
        for (int i = 0; i < reads; i++) {
            to[i % writes] += from[i];
        }
    }

    private static float[] values(DeviceArray array) {
        if (!(array instanceof Memory memory)) {
            throw new IllegalArgumentException("an array of another device");
        }
        return memory.values();
    }
}

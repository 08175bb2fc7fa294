package trainyard.training.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Plain arrays on a clock that each kernel moves by a second, which notes what runs and gets the kernels of a kind wrong. */
final class FlawedDevice implements KernelDevice {

    private final ArrayDevice arrays;
    private final Predicate<Kernel> wrong;
    final List<Kernel> ran = new ArrayList<>();
    private long nanoseconds;

    FlawedDevice(Predicate<Kernel> wrong) {
        this.wrong = wrong;
        this.arrays = new ArrayDevice(() -> nanoseconds);
    }

    @Override
    public Map<String, String> facts() {
        return arrays.facts();
    }

    @Override
    public long freeBytes() {
        return 1 << 20;
    }

    @Override
    public boolean supports(MatrixMath math) {
        return arrays.supports(math);
    }

    @Override
    public DeviceArray allocate(long floats) {
        return arrays.allocate(floats);
    }

    @Override
    public HostArray host(int floats, boolean pinned) {
        return arrays.host(floats, pinned);
    }

    @Override
    public void copy(HostArray from, DeviceArray to) {
        arrays.copy(from, to);
    }

    @Override
    public void copy(DeviceArray from, HostArray to) {
        arrays.copy(from, to);
    }

    @Override
    public void copy(DeviceArray from, DeviceArray to) {
        arrays.copy(from, to);
    }

    @Override
    public void nothing() {
        nanoseconds += 1_000_000_000L;
    }

    @Override
    public PreparedKernel prepare(Kernel kernel, MatrixMath math, List<DeviceArray> operands) {
        PreparedKernel prepared = arrays.prepare(kernel, math, operands);
        return new PreparedKernel() {
            @Override
            public void queue() {
                ran.add(kernel);
                nothing();
                prepared.queue();
                if (wrong.test(kernel)) {
                    DeviceArray result = operands.get(operands.size() - 1);
                    float[] values = arrays.download(result, 1);
                    arrays.upload(new float[] {values[0] + 1}, result);
                }
            }

            @Override
            public void close() {
                prepared.close();
            }
        };
    }

    @Override
    public double seconds(Runnable work) {
        return arrays.seconds(work);
    }

    @Override
    public void close() {}
}

package trainyard.training.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A traced iteration, executed on a device kernel by kernel in the order of the trace. Tensors stay on the device. Kernels are
 * queued one behind the other, so a host that queues slower than the device executes shows in the time, as it does in a real job.
 */
public final class TraceReplay {

    /** Suite of its samples: whole iterations, which test fits and are never part of one. */
    public static final String SUITE = "step";

    private final KernelDevice device;

    public TraceReplay(KernelDevice device) {
        this.device = device;
    }

    /**
     * Times iterations.
     *
     * @param warmUps iterations before the first that counts
     * @param repetitions iterations that count, each timed by itself
     * @throws IllegalStateException if the device has too little memory
     */
    public void measure(
            KernelTrace trace, MatrixMath math, int round, int warmUps, int repetitions, Consumer<Sample> samples) {
        try (Scratch scratch = Scratch.of(device, trace.kernels())) {
            List<List<DeviceArray>> operands = new ArrayList<>();
            trace.kernels().forEach(kernel -> operands.add(scratch.operands(kernel)));
            Runnable iteration = () -> run(trace, math, operands);
            for (int i = 0; i < warmUps; i++) {
                device.seconds(iteration);
            }
            for (int i = 0; i < repetitions; i++) {
                samples.accept(new Sample(
                        SUITE,
                        trace.job(),
                        math.word(),
                        "batch=" + trace.batch() + " kernels=" + trace.kernels().size(),
                        round,
                        i,
                        device.seconds(iteration),
                        trace.bytes(),
                        trace.flops()));
            }
        }
    }

    private void run(KernelTrace trace, MatrixMath math, List<List<DeviceArray>> operands) {
        for (int i = 0; i < operands.size(); i++) {
            device.run(trace.kernels().get(i), math, operands.get(i));
        }
    }
}

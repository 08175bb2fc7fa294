package trainyard.training.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Everything that is measured on a device: launches, copies, matrix products, operations limited by memory, and whole traced
 * iterations. Each round takes all of it in an order of its own, so that a drift of clocks or load does not fall on one kind.
 */
public final class ReplaySuite {

    /** How much is measured. */
    public enum Extent {
        /** A minute on a GPU. */
        QUICK(2, 2048, 1 << 22),
        /** A few minutes on a GPU. */
        FULL(4, 8192, 1 << 27);

        private final int rounds;
        private final int largestSide;
        private final int mostElements;

        Extent(int rounds, int largestSide, int mostElements) {
            this.rounds = rounds;
            this.largestSide = largestSide;
            this.mostElements = mostElements;
        }
    }

    private static final int LEAST_SIDE = 64;
    private static final int LEAST_ELEMENTS = 1 << 10;
    private static final int COLUMNS = 1024;

    private final List<Measurement> measurements = new ArrayList<>();
    private final int rounds;

    /**
     * @param traces iterations to replay, whose matrix products are also timed one by one
     * @param device says which formats there are
     */
    public ReplaySuite(KernelDevice device, Collection<KernelTrace> traces, Extent extent) {
        this(device, traces, extent.rounds, extent.largestSide, extent.mostElements);
    }

    /** Of other extents, such as those of a test. */
    public ReplaySuite(
            KernelDevice device, Collection<KernelTrace> traces, int rounds, int largestSide, int mostElements) {
        this.rounds = rounds;
        measurements.add(new LaunchMeasurement());
        copies(mostElements);
        memory(mostElements);
        Stream.of(MatrixMath.values()).filter(device::supports).forEach(math -> {
            products(traces, math, largestSide);
            if (math != MatrixMath.BF16) {
                traces.forEach(trace -> measurements.add(new TraceMeasurement(trace, math)));
            }
        });
    }

    /** Number of measurements of all rounds together. */
    public int steps() {
        return rounds * measurements.size();
    }

    /**
     * Measures everything.
     *
     * @param samples receives each repetition as soon as it is taken
     * @param progress runs after each measurement
     */
    public void run(KernelDevice device, Consumer<KernelSample> samples, Runnable progress) {
        for (int round = 0; round < rounds; round++) {
            for (Measurement measurement : shuffled(round)) {
                measurement.take(device, round, samples);
                progress.run();
            }
        }
    }

    private List<Measurement> shuffled(int round) {
        SplittableRandom random = new SplittableRandom(round);
        List<Measurement> order = new ArrayList<>(measurements);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    private void copies(int mostElements) {
        for (CopyMeasurement.Route route : CopyMeasurement.Route.values()) {
            for (long floats = LEAST_ELEMENTS; floats <= mostElements; floats *= 8) {
                measurements.add(new CopyMeasurement(route, (int) floats));
            }
        }
    }

    private void memory(int mostElements) {
        for (long elements = LEAST_ELEMENTS; elements <= mostElements; elements *= 8) {
            for (ElementOp op : List.of(ElementOp.COPY, ElementOp.RELU, ElementOp.SIGMOID, ElementOp.ADD)) {
                add("memory", new Kernel.Elementwise(op, elements), MatrixMath.FP32);
            }
            for (RowOp op : RowOp.values()) {
                int columns = (int) Math.min(COLUMNS, elements);
                add("memory", new Kernel.Rows(op, (int) (elements / columns), columns), MatrixMath.FP32);
            }
            add("memory", new Kernel.Adam(elements), MatrixMath.FP32);
        }
    }

    private void products(Collection<KernelTrace> traces, MatrixMath math, int largestSide) {
        Set<Kernel.Gemm> shapes = new LinkedHashSet<>();
        for (int side = LEAST_SIDE; side <= largestSide; side *= 2) {
            shapes.add(new Kernel.Gemm(side, side, side, false, false));
            shapes.add(new Kernel.Gemm(side, side, LEAST_SIDE, false, true));
            shapes.add(new Kernel.Gemm(LEAST_SIDE, side, side, true, false));
        }
        traces.forEach(trace -> shapes.addAll(trace.gemms()));
        shapes.forEach(shape -> add("gemm", shape, math));
    }

    private void add(String suite, Kernel kernel, MatrixMath math) {
        measurements.add(new KernelMeasurement(suite, kernel, math));
    }
}

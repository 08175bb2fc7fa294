package trainyard.parallel.length;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.random.RandomStreams;

/**
 * Draws the lengths of the sequences of each step and runs it. A micro-batch is filled up to its longest sequence. The lengths
 * do not depend on what happens when one does not fit, so designs that share a seed meet the same ones.
 */
public final class LengthSimulation {

    /** A forward pass is a third of a micro-batch; memory runs out at its end, when all activations are held. */
    private static final double FORWARD_SHARE = 1.0 / 3;

    /** Sequences that one run may draw, so that it takes seconds. */
    public static final long MAX_SEQUENCES = 20_000_000;

    private final LengthDesign design;
    private final MicroBatchCost cost;
    private final List<ContinuousSampler> samplers = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private int halved;
    private long tokens;
    private long padded;

    /** Memory that a micro-batch needs at the end of its forward pass. */
    private record Demand(double seconds, double bytes) {}

    private LengthSimulation(LengthDesign design, MicroBatchCost cost, RandomStreams streams) {
        this.design = design;
        this.cost = cost;
        for (int rank = 0; rank < design.ranks(); rank++) {
            samplers.add(design.lengths().sampler(streams, rank));
        }
    }

    /**
     * Runs some steps.
     *
     * @throws IllegalArgumentException if a single sequence of the greatest length does not fit, or more than
     *     {@link #MAX_SEQUENCES} would be drawn
     */
    public static List<LengthStep> run(LengthDesign design, MicroBatchCost cost, int steps, RandomStreams streams) {
        if (cost.peakBytes(1, design.lengths().longest()) > design.memoryBytes()) {
            throw new IllegalArgumentException(
                    "a sequence of " + design.lengths().longest() + " tokens does not fit alone");
        }
        if ((double) design.ranks() * design.microBatches() * design.sequences() * steps > MAX_SEQUENCES) {
            throw new IllegalArgumentException("more than " + MAX_SEQUENCES + " sequences would be drawn");
        }
        LengthSimulation simulation = new LengthSimulation(design, cost, streams);
        List<LengthStep> all = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            all.add(simulation.step());
        }
        return List.copyOf(all);
    }

    private LengthStep step() {
        demands.clear();
        halved = 0;
        tokens = 0;
        padded = 0;
        double slowest = 0;
        double firstCrash = Double.POSITIVE_INFINITY;
        for (ContinuousSampler sampler : samplers) {
            double seconds = 0;
            double crash = Double.POSITIVE_INFINITY;
            for (int i = 0; i < design.microBatches(); i++) {
                int[] lengths = draw(sampler);
                double full = seconds + FORWARD_SHARE * wholeSeconds(lengths);
                boolean fits = fits(lengths, full);
                if (!fits && design.onOutOfMemory() == OutOfMemory.CRASH) {
                    crash = Math.min(crash, full);
                }
                seconds += take(lengths);
            }
            firstCrash = Math.min(firstCrash, crash);
            slowest = Math.max(slowest, seconds);
        }
        double peak = peakUntil(firstCrash);
        return firstCrash < Double.POSITIVE_INFINITY
                ? new LengthStep(firstCrash + design.restartSeconds(), peak, true, 0, 0, 0, 0)
                : new LengthStep(slowest + design.restSeconds(), peak, false, halved, learned(), tokens, padded);
    }

    private int learned() {
        return Math.toIntExact((long) design.ranks() * design.microBatches() * design.sequences());
    }

    private int[] draw(ContinuousSampler sampler) {
        int[] lengths = new int[design.sequences()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = design.lengths().cut(sampler.sample());
            tokens += lengths[i];
        }
        return lengths;
    }

    /** What comes behind a crash never ran. */
    private double peakUntil(double seconds) {
        return demands.stream()
                .filter(demand -> demand.seconds <= seconds)
                .mapToDouble(Demand::bytes)
                .max()
                .orElse(0);
    }

    private boolean fits(int[] lengths, double seconds) {
        double bytes = cost.peakBytes(lengths.length, paddedTo(lengths));
        demands.add(new Demand(seconds, bytes));
        return bytes <= design.memoryBytes();
    }

    private int paddedTo(int[] lengths) {
        return design.lengths().padded(Arrays.stream(lengths).max().orElseThrow());
    }

    private double wholeSeconds(int[] lengths) {
        return cost.seconds(lengths.length, paddedTo(lengths));
    }

    /** Time of a micro-batch, with the forward passes that were given up where it was halved. */
    private double take(int[] lengths) {
        double bytes = cost.peakBytes(lengths.length, paddedTo(lengths));
        if (bytes <= design.memoryBytes() || design.onOutOfMemory() == OutOfMemory.CRASH) {
            padded += (long) lengths.length * paddedTo(lengths);
            return wholeSeconds(lengths);
        }
        halved++;
        int half = (lengths.length + 1) / 2;
        return FORWARD_SHARE * wholeSeconds(lengths)
                + take(Arrays.copyOfRange(lengths, 0, half))
                + take(Arrays.copyOfRange(lengths, half, lengths.length));
    }
}

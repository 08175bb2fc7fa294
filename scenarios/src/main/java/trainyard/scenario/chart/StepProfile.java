package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;

/**
 * What the GPUs are at over one step, in equal parts of it. In each part the shares of compute, recomputation,
 * communication, update and waiting sum to 1. A GPU that computes nothing communicates while an exchange of its stage runs
 * that it waits for, and else waits. FLOPs are spread evenly over the compute, so that the means over the step are MFU
 * and HFU. Stages count alike, and so do classes of replicas that differ.
 */
final class StepProfile {

    private StepProfile() {}

    /**
     * One part of the step.
     *
     * @param middleSeconds its middle
     * @param compute share of the GPUs that run kernels of the model
     * @param recompute share that run kernels again
     * @param communication share that wait for an exchange
     * @param update share that update parameters
     * @param waiting the rest: bubble, slower GPUs
     * @param mfu model FLOP/s over the peak
     * @param hfu the same, recomputation counted
     */
    record Part(
            double middleSeconds,
            double compute,
            double recompute,
            double communication,
            double update,
            double waiting,
            double mfu,
            double hfu) {}

    /** Shares of one stage, of one class of replicas, in one part. */
    private static final class Shares {
        private double compute;
        private double recompute;
        private double communication;
        private double update;
        private double busy;

        void add(Span span, double share) {
            compute += share * span.mix().compute();
            recompute += share * span.mix().recompute();
            communication += share * span.mix().communication();
            update += span.kind() == Span.Kind.OPTIMIZER ? share : 0;
            busy += share;
        }

        void addIdle(double exchanging) {
            communication += Math.min(Math.max(0, 1 - busy), exchanging);
        }
    }

    static List<Part> of(StepCost cost, List<Span> timeline, int parts) {
        double width = (double) cost.stepNanos() / parts;
        int stages = 1 + timeline.stream().mapToInt(Span::stage).max().orElse(0);
        List<Shares[]> lanes = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            double[] exchanging = exchanging(cost, timeline, stage, parts, width);
            for (String stream : computeStreams(timeline, stage)) {
                Shares[] lane = lane(timeline, stage, stream, parts, width);
                for (int i = 0; i < parts; i++) {
                    lane[i].addIdle(exchanging[i]);
                }
                lanes.add(lane);
            }
        }
        List<Part> profile = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            profile.add(part(cost, lanes, i, (i + 0.5) * width / 1e9));
        }
        return List.copyOf(profile);
    }

    private static Part part(StepCost cost, List<Shares[]> lanes, int index, double middle) {
        double compute = 0;
        double recompute = 0;
        double communication = 0;
        double update = 0;
        for (Shares[] lane : lanes) {
            compute += lane[index].compute / lanes.size();
            recompute += lane[index].recompute / lanes.size();
            communication += lane[index].communication / lanes.size();
            update += lane[index].update / lanes.size();
        }
        double useful = cost.share(TimeState.COMPUTE);
        double all = useful + cost.share(TimeState.RECOMPUTE);
        return new Part(
                middle,
                compute,
                recompute,
                communication,
                update,
                Math.max(0, 1 - compute - recompute - communication - update),
                useful == 0 ? 0 : compute * cost.mfu() / useful,
                all == 0 ? 0 : (compute + recompute) * cost.hfu() / all);
    }

    private static List<String> computeStreams(List<Span> timeline, int stage) {
        return timeline.stream()
                .filter(span -> span.stage() == stage && span.isCompute())
                .map(Span::stream)
                .distinct()
                .toList();
    }

    private static Shares[] lane(List<Span> timeline, int stage, String stream, int parts, double width) {
        Shares[] lane = new Shares[parts];
        Arrays.setAll(lane, i -> new Shares());
        for (Span span : timeline) {
            if (span.stage() == stage && span.stream().equals(stream)) {
                spread(span, parts, width, (part, share) -> lane[part].add(span, share));
            }
        }
        return lane;
    }

    /** Share of each part in which an exchange of a stage runs that its GPUs wait for. */
    private static double[] exchanging(StepCost cost, List<Span> timeline, int stage, int parts, double width) {
        boolean blocking = cost.share(TimeState.PIPELINE_COMMUNICATION) > 0;
        double[] running = new double[parts];
        for (Span span : timeline) {
            boolean waited = !span.isCompute() && (span.kind() != Span.Kind.SEND || blocking);
            if (span.stage() == stage && waited) {
                spread(span, parts, width, (part, share) -> running[part] += share);
            }
        }
        return running;
    }

    /** Gives each part that a bar touches the share of the part that it covers. */
    private static void spread(Span span, int parts, double width, ObjDoubleConsumer<Integer> to) {
        int first = (int) Math.min(parts - 1.0, span.startNanos() / width);
        int last = (int) Math.min(parts - 1.0, span.endNanos() / width);
        for (int i = first; i <= last; i++) {
            double from = Math.max(span.startNanos(), i * width);
            double until = Math.min(span.endNanos(), (i + 1) * width);
            if (until > from) {
                to.accept(i, (until - from) / width);
            }
        }
    }
}

package trainyard.training.real;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import trainyard.sim.engine.SimTime;
import trainyard.training.calibration.ReferenceJob;
import trainyard.training.calibration.ring.LocalProcesses;
import trainyard.training.recording.RecordedGradient;
import trainyard.training.recording.RecordedRun;

/** Lets processes train and writes down what they did. Losses are worked out afterwards, so that they take no time of the run. */
public final class RealRun {

    /** Beyond this no ring is faster than on a quiet machine: workers that begin at different times can make what is left of a round too little. */
    private static final double FASTEST = 10;

    private final RealRunPlan plan;
    private final ToDoubleFunction<double[]> loss;
    private final String machine;
    private int[] places = new int[0];

    private RealRun(RealRunPlan plan, ToDoubleFunction<double[]> loss, String machine) {
        this.plan = plan;
        this.loss = loss;
        this.machine = machine;
    }

    /**
     * Trains.
     *
     * @param task name of the class that computes the gradients of a process
     * @param classPath where it is, besides the class path of this process
     * @param loss of all training examples at parameters
     * @param machine where and under which load, for people
     * @throws IOException if the processes cannot be started, or one of them fails
     */
    public static RecordedRun play(
            RealRunPlan plan, String task, String classPath, ToDoubleFunction<double[]> loss, String machine)
            throws IOException {
        try (LocalProcesses group = LocalProcesses.start(plan.workers(), task, classPath, plan.words())) {
            try {
                RealRun run = new RealRun(plan, loss, machine);
                return plan.asynchronous() ? run.asynchronous(group) : run.synchronous(group);
            } catch (IOException gone) {
                throw group.explained(gone);
            }
        }
    }

    /** What rank 0 says first: where each parameter lies in the arrays that are exchanged, and their values at the start. */
    private float[] start(LocalProcesses group) throws IOException {
        DataInputStream in = group.in(0);
        places = new int[in.readInt()];
        for (int i = 0; i < places.length; i++) {
            places[i] = in.readInt();
        }
        float[] values = new float[places.length];
        new FloatLine(in, group.out(0), values.length).receive(values);
        return values;
    }

    private double lossOf(float[] exchanged) {
        double[] parameters = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            parameters[i] = exchanged[places[i]];
        }
        return loss.applyAsDouble(parameters);
    }

    private static double[] seconds(DataInputStream in) throws IOException {
        double[] seconds = new double[in.readInt()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = in.readDouble();
        }
        return seconds;
    }

    /**
     * What the workers saw of their cores.
     *
     * @param jobs what the reference took each worker, each repetition of all looks
     * @param rounds what a repetition and its sum took in the mean of each look, and of all workers
     */
    private record Looks(double[][] jobs, double[] rounds) {

        /** What a sum took in the mean of a look: what is left of a round after the longest of the repetitions, at least the part given. */
        double ringSeconds(int look, double least) {
            double longest = 0;
            for (int i = look * LookSchedule.REPETITIONS; i < (look + 1) * LookSchedule.REPETITIONS; i++) {
                int repetition = i;
                longest += Arrays.stream(jobs)
                        .mapToDouble(own -> own[repetition])
                        .max()
                        .orElseThrow();
            }
            return Math.max(least, rounds[look] - longest / LookSchedule.REPETITIONS);
        }
    }

    private Optional<Looks> looks(LocalProcesses group) throws IOException {
        if (plan.reference().isEmpty()) {
            return Optional.empty();
        }
        double[][] jobs = new double[plan.workers()][];
        double[] rounds = new double[0];
        for (int worker = 0; worker < plan.workers(); worker++) {
            jobs[worker] = seconds(group.in(worker));
            double[] own = seconds(group.in(worker));
            rounds = worker == 0 ? new double[own.length] : rounds;
            for (int look = 0; look < own.length; look++) {
                rounds[look] += own[look] / plan.workers();
            }
        }
        return Optional.of(new Looks(jobs, rounds));
    }

    /** By the repetition of the reference that stands for the gradient. */
    private Optional<RecordedGradient.Core> core(Optional<Looks> looks, int worker, long update) {
        int repetition = plan.looks().indexOfRepetition(update);
        return looks.map(seen -> {
            ReferenceJob quiet = plan.reference().orElseThrow();
            double ring = seen.ringSeconds(repetition / LookSchedule.REPETITIONS, quiet.ringSeconds() / FASTEST);
            return new RecordedGradient.Core(
                    quiet.seconds() / seen.jobs()[worker][repetition], quiet.ringSeconds() / ring);
        });
    }

    private RecordedRun synchronous(LocalProcesses group) throws IOException {
        float[] begin = start(group);
        double[] done = seconds(group.in(0));
        double[][] compute = new double[plan.workers()][];
        compute[0] = seconds(group.in(0));
        List<float[]> snapshots = new ArrayList<>();
        FloatLine line = new FloatLine(group.in(0), group.out(0), places.length);
        for (int left = group.in(0).readInt(); left > 0; left--) {
            float[] snapshot = new float[places.length];
            line.receive(snapshot);
            snapshots.add(snapshot);
        }
        for (int worker = 1; worker < plan.workers(); worker++) {
            compute[worker] = seconds(group.in(worker));
        }
        Optional<Looks> looks = looks(group);
        List<RecordedGradient> gradients = new ArrayList<>();
        for (int update = 1; update <= done.length; update++) {
            for (int worker = 0; worker < plan.workers(); worker++) {
                boolean isLast = worker == plan.workers() - 1;
                OptionalDouble after = isLast ? shown(update, snapshots) : OptionalDouble.empty();
                gradients.add(new RecordedGradient(
                        update,
                        worker,
                        done[update - 1],
                        0,
                        compute[worker][update - 1],
                        core(looks, worker, update),
                        after));
            }
        }
        double bytes = 2.0 * (plan.workers() - 1) * places.length * Float.BYTES;
        return recorded("sync", bytes, begin, gradients);
    }

    private RecordedRun asynchronous(LocalProcesses group) throws IOException {
        float[] begin = start(group);
        ParameterServer server = new ParameterServer(plan, begin.clone());
        server.serve(group);
        double[][] compute = new double[plan.workers()][];
        for (int worker = 0; worker < plan.workers(); worker++) {
            compute[worker] = seconds(group.in(worker));
        }
        Optional<Looks> looks = looks(group);
        int[] next = new int[plan.workers()];
        List<RecordedGradient> gradients = new ArrayList<>();
        for (ParameterServer.Applied one : server.applied()) {
            gradients.add(new RecordedGradient(
                    one.update(),
                    one.worker(),
                    SimTime.seconds(one.nanos()),
                    one.staleness(),
                    compute[one.worker()][next[one.worker()]++],
                    core(looks, one.worker(), one.update()),
                    shown(one.update(), server.snapshots())));
        }
        return recorded("async", 2.0 * places.length * Float.BYTES, begin, gradients);
    }

    private OptionalDouble shown(long update, List<float[]> snapshots) {
        return plan.isShown(update) && plan.indexOfShown(update) < snapshots.size()
                ? OptionalDouble.of(lossOf(snapshots.get(plan.indexOfShown(update))))
                : OptionalDouble.empty();
    }

    private RecordedRun recorded(String rule, double bytes, float[] begin, List<RecordedGradient> gradients) {
        return new RecordedRun(rule, plan.workers(), plan.batch(), bytes, machine, lossOf(begin), gradients);
    }
}

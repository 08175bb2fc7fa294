package trainyard.training.dl4j;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.ring.Member;
import trainyard.training.calibration.ring.MemberTask;
import trainyard.training.calibration.ring.RingAllReduce;
import trainyard.training.network.Dataset;
import trainyard.training.network.Digits;
import trainyard.training.problem.Batch;
import trainyard.training.problem.DataOrder;
import trainyard.training.problem.Problem;
import trainyard.training.problem.ShuffledShards;
import trainyard.training.real.CoreLooks;
import trainyard.training.real.FloatLine;
import trainyard.training.real.LookSchedule;
import trainyard.training.real.ParameterServer;
import trainyard.training.real.RealRunPlan;

/** A process of a real run: computes gradients with DL4J, on the rows and from the start that a simulation of it has. */
public final class ReplicaTask implements MemberTask {

    private static final int WARM_UPS = 400;

    /** By then the code is compiled. */
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    private RealRunPlan plan;
    private Replica replica;
    private List<Replica.Batch> batches;
    private Optional<CoreLooks> looks = Optional.empty();

    @Override
    public void run(Member member, List<String> arguments) throws IOException {
        plan = RealRunPlan.of(arguments);
        prepare(member);
        if (member.rank() == 0) {
            begin(member);
        }
        if (plan.asynchronous()) {
            asynchronous(member);
        } else {
            synchronous(member);
        }
    }

    /** All batches lie ready and the code is compiled before the run begins. */
    private void prepare(Member member) {
        RandomStreams streams = new RandomStreams(plan.seed(), 0);
        Dataset.Labelled data = Digits.read();
        DataOrder order = ShuffledShards.byLabel(data.train().labels(), plan.workers(), plan.skew(), streams);
        Problem problem = new Dl4jBackend().problem(plan.network(), data, order, streams);
        batches = new ArrayList<>();
        // One worker may compute more than its part of an asynchronous run.
        int most = plan.asynchronous() ? plan.workers() * plan.gradients() : plan.gradients();
        for (int index = 0; index < most; index++) {
            int[] rows = new int[plan.batch()];
            order.rows(new Batch(member.rank(), index, plan.batch()), rows);
            batches.add(Replica.Batch.of(data, rows));
        }
        replica = Replica.of(plan.network(), data, problem.start());
        float[] start = new float[replica.parameters()];
        replica.get(start);
        float[] gradient = new float[start.length];
        looks = plan.reference().map(job -> CoreLooks.start(job, member));
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < WARM_UP_NANOS; i++) {
            replica.gradient(batches.get(i % most), gradient);
            replica.descend(gradient, 0);
            replica.set(start);
        }
        // What preparing left behind is not collected during the run.
        System.gc();
    }

    private void begin(Member member) throws IOException {
        DataOutputStream out = member.out();
        int[] places = replica.places();
        out.writeInt(places.length);
        for (int place : places) {
            out.writeInt(place);
        }
        float[] values = new float[places.length];
        replica.get(values);
        new FloatLine(member.in(), out, values.length).send(values);
    }

    private void synchronous(Member member) throws IOException {
        RingAllReduce ring = member.ring();
        float[] gradient = new float[replica.parameters()];
        double step = plan.rate() / ((double) plan.workers() * plan.batch());
        double[] done = new double[plan.gradients()];
        double[] compute = new double[plan.gradients()];
        List<float[]> snapshots = new ArrayList<>();
        warmUp(ring, gradient.length);
        float[] dropped = new float[gradient.length];
        LookSchedule schedule = plan.looks();
        look(0, dropped);
        long begin = System.nanoTime();
        for (int update = 0; update < plan.gradients(); update++) {
            long read = System.nanoTime();
            replica.gradient(batches.get(update), gradient);
            compute[update] = SimTime.seconds(System.nanoTime() - read);
            ring.sum(gradient);
            // All leave the sum together, and go on together: the clock does not see that they look at their cores in
            // between.
            begin += schedule.isLook(update + 1) ? look(update, dropped) : 0;
            replica.descend(gradient, step);
            done[update] = SimTime.seconds(System.nanoTime() - begin);
            if (plan.isShown(update + 1)) {
                snapshots.add(snapshot());
            }
        }
        look(plan.gradients() - 1, dropped);
        if (member.rank() == 0) {
            write(member.out(), done);
            write(member.out(), compute);
            write(member, snapshots);
        } else {
            write(member.out(), compute);
        }
        writeLooks(member);
    }

    private static void warmUp(RingAllReduce ring, int values) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            ring.sum(new float[values]);
        }
    }

    private float[] snapshot() {
        float[] values = new float[replica.parameters()];
        replica.get(values);
        return values;
    }

    /** Looks at the core, if this run does; how long that took, in nanoseconds. */
    private long look(int batch, float[] dropped) throws IOException {
        long begin = System.nanoTime();
        if (looks.isPresent()) {
            looks.get().look(() -> replica.gradient(batches.get(batch), dropped));
        }
        return System.nanoTime() - begin;
    }

    private void writeLooks(Member member) throws IOException {
        if (looks.isPresent()) {
            looks.get().write(member.out());
        }
    }

    private static void write(DataOutputStream out, double[] seconds) throws IOException {
        out.writeInt(seconds.length);
        for (double time : seconds) {
            out.writeDouble(time);
        }
    }

    private void write(Member member, List<float[]> snapshots) throws IOException {
        member.out().writeInt(snapshots.size());
        FloatLine line = new FloatLine(member.in(), member.out(), replica.parameters());
        for (float[] snapshot : snapshots) {
            line.send(snapshot);
        }
    }

    private void asynchronous(Member member) throws IOException {
        float[] values = new float[replica.parameters()];
        float[] dropped = new float[values.length];
        FloatLine line = new FloatLine(member.in(), member.out(), values.length);
        List<Double> compute = new ArrayList<>();
        look(0, dropped);
        member.out().writeInt(member.rank());
        // The server's first word comes when all workers are ready.
        for (int word = member.in().readInt();
                word != ParameterServer.STOP;
                word = member.in().readInt()) {
            if (word == ParameterServer.LOOK) {
                look(compute.size() - 1, dropped);
                member.out().writeInt(member.rank());
                continue;
            }
            line.receive(values);
            long read = System.nanoTime();
            replica.set(values);
            replica.gradient(batches.get(compute.size()), values);
            compute.add(SimTime.seconds(System.nanoTime() - read));
            line.send(values);
        }
        look(compute.size() - 1, dropped);
        write(member.out(), compute.stream().mapToDouble(Double::doubleValue).toArray());
        writeLooks(member);
    }
}

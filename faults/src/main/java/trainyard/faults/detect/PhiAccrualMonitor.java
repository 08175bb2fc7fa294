package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.distribution.NormalDistribution;
import trainyard.faults.analytic.PhiAccrual;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link PhiAccrualSimulation}, with one event for each heartbeat that arrives. */
final class PhiAccrualMonitor {

    private static final int CRASH_FIRST = 0;
    private static final int ARRIVAL = 1;

    private final PhiAccrualSimulation design;
    private final Simulation simulation = new Simulation();
    private final UniformRandomProvider crashes;
    private final ContinuousSampler gaps;
    private final LossGaps losses;
    private final double deviations;
    private final int arrivalHandler;
    private final int crashHandler;
    private final ArrivalWindow[] history;
    private final long[] heard;
    private final long[] timeout;
    private final long[] ticket;
    private final List<Detection> detections = new ArrayList<>();
    private long untilLoss;
    private long sent;
    private long received;
    private long falseAlarms;

    PhiAccrualMonitor(PhiAccrualSimulation design, RandomStreams streams) {
        this.design = design;
        int nodes = design.watch().nodes();
        crashes = streams.stream("phi/crash");
        gaps = ZigguratSampler.NormalizedGaussian.of(streams.stream("phi/gap"));
        losses = new LossGaps(design.loss(), streams.stream("phi/loss"));
        untilLoss = losses.next();
        deviations =
                NormalDistribution.of(0, 1).inverseSurvivalProbability(PhiAccrual.falseAlarmProbability(design.phi()));
        arrivalHandler = simulation.register(this::arrive);
        crashHandler = simulation.register(this::crash);
        history = new ArrivalWindow[nodes];
        heard = new long[nodes];
        timeout = new long[nodes];
        ticket = new long[nodes];
        for (int node = 0; node < nodes; node++) {
            history[node] = new ArrivalWindow(design.window());
            for (int i = 0; i < design.window(); i++) {
                history[node].add(gapNanos());
            }
        }
    }

    DetectorOutcome run() {
        Watch watch = design.watch();
        for (int node = 0; node < watch.nodes(); node++) {
            hear(-crashes.nextLong(design.periodNanos()), node);
            await(node);
        }
        for (int i = 0; i < watch.crashes(); i++) {
            simulation.schedule(watch.crashNanos(i, crashes.nextDouble()), CRASH_FIRST, crashHandler, i);
        }
        simulation.runUntil(watch.nanos());
        double seconds = SimTime.seconds(watch.nanos());
        double down = detections.stream().mapToDouble(Detection::latencySeconds).sum();
        return new DetectorOutcome(
                detections,
                falseAlarms,
                falseAlarms,
                seconds * watch.nodes() - down,
                received / seconds,
                sent / seconds / watch.nodes());
    }

    private long gapNanos() {
        return Math.max(1, Math.round(design.periodNanos() + design.jitterNanos() * gaps.sample()));
    }

    private void hear(long nanos, int node) {
        heard[node] = nanos;
        timeout[node] = (long) (history[node].mean() + deviations * history[node].standardDeviation());
    }

    /** Waits for the next heartbeat that arrives; those that are lost before it add to the silence. */
    private void await(int node) {
        long silence = gapNanos();
        sent++;
        while (untilLoss == 0) {
            silence += gapNanos();
            sent++;
            untilLoss = losses.next();
        }
        untilLoss--;
        ticket[node] =
                simulation.schedule(Math.max(simulation.now(), heard[node] + silence), ARRIVAL, arrivalHandler, node);
    }

    private void arrive(long nowNanos, int node) {
        received++;
        long silence = nowNanos - heard[node];
        falseAlarms += silence > timeout[node] ? 1 : 0;
        history[node].add(silence);
        hear(nowNanos, node);
        await(node);
    }

    /** The node comes back at once with its history: no heartbeat of its former life is missing. */
    private void crash(long nowNanos, int number) {
        int node = crashes.nextInt(heard.length);
        for (int tries = 0; heard[node] > nowNanos; tries++) {
            if (tries == heard.length) {
                return;
            }
            node = (node + 1) % heard.length;
        }
        long noticed = Math.max(nowNanos, heard[node] + timeout[node]);
        detections.add(new Detection(SimTime.seconds(noticed - nowNanos), SimTime.seconds(noticed - heard[node]), 0));
        simulation.cancel(ticket[node]);
        hear(noticed, node);
        await(node);
    }
}

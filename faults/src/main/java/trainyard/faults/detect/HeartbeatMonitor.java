package trainyard.faults.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.detect.DetectorOutcome.Detection;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link HeartbeatSimulation}. Heartbeat k of a node is due at its phase plus k periods. */
final class HeartbeatMonitor {

    private static final int CRASH_FIRST = 0;
    private static final int RETURN = 1;
    private static final int LOSS = 2;

    /** No heartbeat is so early, so none that is lost follows it. */
    private static final long NEVER_LOST = Long.MIN_VALUE / 2;

    private final HeartbeatSimulation design;
    private final Simulation simulation = new Simulation();
    private final UniformRandomProvider crashes;
    private final LossGaps losses;
    private final int lossHandler;
    private final int crashHandler;
    private final int returnHandler;
    private final long[] phase;
    private final long[] ticket;
    private final long[] lastLost;
    private final int[] run;
    private final long[] upSince;
    private final boolean[] down;
    private final List<Detection> detections = new ArrayList<>();
    private long sent;
    private long lost;
    private long falseAlarms;

    HeartbeatMonitor(HeartbeatSimulation design, RandomStreams streams) {
        this.design = design;
        int nodes = design.watch().nodes();
        crashes = streams.stream("heartbeat/crash");
        losses = new LossGaps(design.loss(), streams.stream("heartbeat/loss"));
        lossHandler = simulation.register(this::lose);
        crashHandler = simulation.register(this::crash);
        returnHandler = simulation.register(this::comeBack);
        phase = new long[nodes];
        ticket = new long[nodes];
        lastLost = new long[nodes];
        run = new int[nodes];
        upSince = new long[nodes];
        down = new boolean[nodes];
        UniformRandomProvider phases = streams.stream("heartbeat/phase");
        Arrays.setAll(phase, node -> phases.nextLong(design.periodNanos()));
    }

    DetectorOutcome run() {
        Watch watch = design.watch();
        for (int node = 0; node < watch.nodes(); node++) {
            start(node, 0);
        }
        for (int i = 0; i < watch.crashes(); i++) {
            simulation.schedule(watch.crashNanos(i, crashes.nextDouble()), CRASH_FIRST, crashHandler, i);
        }
        simulation.runUntil(watch.nanos());
        for (int node = 0; node < watch.nodes(); node++) {
            if (!down[node]) {
                count(node, watch.nanos());
            }
        }
        double seconds = SimTime.seconds(watch.nanos());
        return new DetectorOutcome(
                detections,
                falseAlarms,
                falseAlarms,
                sent * SimTime.seconds(design.periodNanos()),
                (sent - lost) / seconds,
                sent / seconds / watch.nodes());
    }

    /** Begins with a heartbeat that is received. */
    private void start(int node, long nowNanos) {
        long round = heartbeat(node, nowNanos) + 1;
        down[node] = false;
        upSince[node] = round;
        run[node] = 0;
        lastLost[node] = NEVER_LOST;
        awaitLoss(node, round);
    }

    /** Number of the last heartbeat that was due; -1 before the first. */
    private long heartbeat(int node, long nowNanos) {
        return Math.floorDiv(nowNanos - phase[node], design.periodNanos());
    }

    private void awaitLoss(int node, long afterRound) {
        long round = afterRound + 1 + losses.next();
        long limit = (design.watch().nanos() - phase[node]) / design.periodNanos();
        ticket[node] = round > limit
                ? Simulation.NO_TICKET
                : simulation.schedule(phase[node] + round * design.periodNanos(), LOSS, lossHandler, node);
    }

    private void lose(long nowNanos, int node) {
        long round = heartbeat(node, nowNanos);
        run[node] = lastLost[node] == round - 1 ? run[node] + 1 : 1;
        lastLost[node] = round;
        lost++;
        if (run[node] == design.misses()) {
            falseAlarms++;
            run[node] = 0;
        }
        awaitLoss(node, round);
    }

    private void crash(long nowNanos, int number) {
        int node = crashes.nextInt(phase.length);
        for (int tries = 0; down[node]; tries++) {
            if (tries == phase.length) {
                return;
            }
            node = (node + 1) % phase.length;
        }
        simulation.cancel(ticket[node]);
        long last = heartbeat(node, nowNanos);
        int missing = lastLost[node] == last ? run[node] : 0;
        long heard = phase[node] + (last - missing) * design.periodNanos();
        long noticed = heard + design.misses() * design.periodNanos();
        count(node, nowNanos);
        down[node] = true;
        detections.add(new Detection(SimTime.seconds(noticed - nowNanos), SimTime.seconds(noticed - heard), 0));
        simulation.schedule(noticed, RETURN, returnHandler, node);
    }

    private void comeBack(long nowNanos, int node) {
        start(node, nowNanos);
    }

    private void count(int node, long nowNanos) {
        sent += Math.max(0, heartbeat(node, nowNanos) - upSince[node] + 1);
    }
}

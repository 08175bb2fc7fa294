package trainyard.faults.life.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trainyard.faults.cause.Fault;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.record.LifeRecord.Incident;
import trainyard.faults.life.record.LifeRecord.NodeChange;
import trainyard.faults.life.record.LifeRecord.NodeCount;
import trainyard.faults.life.record.LifeRecord.Stretch;

/** Writes down the story of a job. It grows with the incidents of the job, so keep it of one life and not of thousands. */
public final class LifeRecorder implements LifeListener {

    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<NodeCount> counts = new ArrayList<>(List.of(new NodeCount(0, 0)));
    private final List<NodeChange> uses = new ArrayList<>();
    private NodeUse[] useOf = new NodeUse[64];
    private GpuState state = GpuState.WAIT_FOR_NODES;
    private long sinceNanos;
    private long steps;
    /** Steps that were done once, whether they were lost since or not. */
    private long furthest;

    private int nodes;
    private String cause = "";
    /** The cause of the state that comes next. */
    private String nextCause = "";
    /** Whether an incident begins with the state that comes next. */
    private boolean begins;

    private boolean recovering;

    @Override
    public void onIncident(long nowNanos, Fault fault) {
        nextCause = fault.cause().name();
        begins = true;
    }

    @Override
    public void onPause(long nowNanos, String why) {
        nextCause = why;
    }

    @Override
    public void onNodes(long nowNanos, int count) {
        nodes = count;
        counts.add(new NodeCount(nowNanos, count));
    }

    @Override
    public boolean followsNodes() {
        return true;
    }

    @Override
    public void onNode(long nowNanos, int node, NodeUse use) {
        if (node >= useOf.length) {
            useOf = Arrays.copyOf(useOf, 2 * node);
        }
        if (useOf[node] != use) {
            useOf[node] = use;
            uses.add(new NodeChange(nowNanos, node, use));
        }
    }

    @Override
    public void onState(long nowNanos, GpuState next, long stepsNow) {
        closeStretch(nowNanos, stepsNow);
        extendIncident(nowNanos, stepsNow);
        cause = nextCause;
        if (begins) {
            incidents.add(new Incident(nowNanos, cause, 0, 0));
            begins = false;
            recovering = true;
        } else if (next == GpuState.USEFUL || next == GpuState.IDLE) {
            recovering = false;
        }
        state = next;
        sinceNanos = nowNanos;
        steps = stepsNow;
    }

    /** The stall of the last incident lasts until the job runs; what it lost is known when a snapshot is loaded. */
    private void extendIncident(long nowNanos, long stepsNow) {
        if (recovering) {
            int last = incidents.size() - 1;
            Incident incident = incidents.get(last);
            long lost = incident.lostSteps() + Math.max(0, steps - stepsNow);
            long stall = nowNanos - incident.startNanos();
            incidents.set(last, new Incident(incident.startNanos(), incident.cause(), stall, lost));
        }
    }

    private void closeStretch(long nowNanos, long stepsNow) {
        long end = Math.max(steps, stepsNow);
        if (state == GpuState.USEFUL && steps < furthest && end > furthest) {
            double share = (double) (furthest - steps) / (end - steps);
            long caughtUp = sinceNanos + Math.round(share * (nowNanos - sinceNanos));
            add(sinceNanos, caughtUp, true, steps, furthest);
            add(caughtUp, nowNanos, false, furthest, end);
        } else {
            boolean running = state == GpuState.USEFUL;
            add(sinceNanos, nowNanos, running && steps < furthest, steps, running ? end : steps);
        }
        furthest = Math.max(furthest, end);
    }

    private void add(long from, long to, boolean again, long startSteps, long endSteps) {
        if (to > from) {
            stretches.add(new Stretch(from, to, state, again, nodes, startSteps, endSteps, cause));
        }
    }

    /** The story up to the end of the observation. */
    public LifeRecord record(long endNanos, long stepsAtEnd) {
        closeStretch(endNanos, stepsAtEnd);
        extendIncident(endNanos, steps);
        return new LifeRecord(stretches, incidents, counts, uses, endNanos);
    }
}

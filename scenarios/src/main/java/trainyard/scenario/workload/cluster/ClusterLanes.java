package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trainyard.scenario.workload.Lane;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.ClusterRecord;
import trainyard.scheduler.run.ClusterRecord.Stay;
import trainyard.sim.engine.SimTime;

/**
 * Which job has which GPU when: a lane for each GPU of a small cluster, else for each node. Which of the GPUs of a node a job has
 * makes no difference to a run.
 */
final class ClusterLanes {

    /** Up to so many GPUs each have a lane; of more, the nodes have. */
    private static final int FEW_GPUS = 64;

    /** Up to so many jobs each have a colour; of more, the teams have. */
    private static final int FEW_JOBS = 12;

    private final List<ClusterJob> jobs;
    private final Set<String> sweepIds = new HashSet<>();
    private final ClusterLayout layout;
    private final List<List<Lane.Span>> spans = new ArrayList<>();
    private final long[] busyUntil;
    private final int[] firstGpu;
    private final boolean ofGpus;

    private ClusterLanes(List<ClusterJob> jobs, ClusterLayout layout, List<TunedSweep> sweeps) {
        sweeps.forEach(sweep -> sweepIds.add(sweep.drawn().tuning().id()));
        this.jobs = jobs;
        this.layout = layout;
        ofGpus = layout.gpus() <= FEW_GPUS;
        firstGpu = new int[layout.nodes() + 1];
        for (int node = 0; node < layout.nodes(); node++) {
            firstGpu[node + 1] = firstGpu[node] + layout.gpus(node);
        }
        busyUntil = new long[layout.gpus()];
        for (int lane = 0; lane < (ofGpus ? layout.gpus() : layout.nodes()); lane++) {
            spans.add(new ArrayList<>());
        }
    }

    static List<Lane> of(List<ClusterJob> jobs, ClusterRecord record, ClusterLayout layout, List<TunedSweep> sweeps) {
        ClusterLanes lanes = new ClusterLanes(jobs, layout, sweeps);
        record.stays().stream()
                .sorted(Comparator.comparingLong(Stay::fromNanos))
                .filter(stay -> stay.toNanos() > stay.fromNanos())
                .forEach(lanes::place);
        return lanes.lanes();
    }

    private void place(Stay stay) {
        int first = firstGpu[stay.node()];
        int end = firstGpu[stay.node() + 1];
        int missing = stay.gpus();
        for (int gpu = first; missing > 0 && gpu < end; gpu++) {
            int run = gpu;
            while (missing > 0 && gpu < end && busyUntil[gpu] <= stay.fromNanos()) {
                busyUntil[gpu++] = stay.toNanos();
                missing--;
            }
            if (gpu > run) {
                add(stay, run, gpu - run);
            }
        }
    }

    /** A job has neighbouring GPUs. */
    private void add(Stay stay, int gpu, int count) {
        if (ofGpus) {
            for (int i = gpu; i < gpu + count; i++) {
                spans.get(i).add(span(stay, Lane.Part.WHOLE));
            }
        } else {
            int within = gpu - firstGpu[stay.node()];
            spans.get(stay.node()).add(span(stay, Lane.Part.of(within, count, layout.gpus(stay.node()))));
        }
    }

    private Lane.Span span(Stay stay, Lane.Part part) {
        ClusterJob job = jobs.get(stay.job());
        String colour = jobs.size() <= FEW_JOBS ? "job " + job.id() : colour(job);
        return new Lane.Span(
                SimTime.seconds(stay.fromNanos()), SimTime.seconds(stay.toNanos()), colour, job.id(), part);
    }

    /** The stage of a trial, else the team. */
    private String colour(ClusterJob job) {
        int last = job.id().lastIndexOf('/');
        int trial = job.id().lastIndexOf('/', last - 1);
        if (trial > 0 && sweepIds.contains(job.id().substring(0, trial))) {
            return job.id().substring(last + 1).replaceFirst("(?<=[a-z])(?=[0-9])", " ");
        }
        return job.team().isEmpty() ? "running" : job.team();
    }

    private List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (int node = 0; node < layout.nodes(); node++) {
            if (!ofGpus) {
                lanes.add(new Lane("node " + node, spans.get(node)));
                continue;
            }
            for (int gpu = firstGpu[node]; gpu < firstGpu[node + 1]; gpu++) {
                String name = "GPU " + (gpu - firstGpu[node]);
                lanes.add(new Lane(layout.nodes() == 1 ? name : "node " + node + " " + name, spans.get(gpu)));
            }
        }
        return lanes;
    }
}

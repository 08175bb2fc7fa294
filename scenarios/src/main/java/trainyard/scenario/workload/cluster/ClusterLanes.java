package trainyard.scenario.workload.cluster;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.ClusterRecord.Stay;
import trainyard.sim.engine.SimTime;

/**
 * Which job has which GPU when: a lane for each GPU of a small cluster, else for each node. Where jobs do not share GPUs, which of
 * the GPUs of a node a job has makes no difference to a run.
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
    /** Of each slot, into as many of which each GPU is divided as jobs share it in. */
    private final long[] busyUntil;

    private final int grain;
    private final int slots;
    private final int[] firstGpu;
    private final boolean ofGpus;

    private ClusterLanes(List<ClusterJob> jobs, List<Stay> stays, ClusterLayout layout, List<TunedSweep> sweeps) {
        sweeps.forEach(sweep -> sweepIds.add(sweep.drawn().tuning().id()));
        this.jobs = jobs;
        this.layout = layout;
        ofGpus = layout.gpus() <= FEW_GPUS;
        firstGpu = new int[layout.nodes() + 1];
        for (int node = 0; node < layout.nodes(); node++) {
            firstGpu[node + 1] = firstGpu[node] + layout.gpus(node);
        }
        int common = layout.partsPerGpu();
        for (Stay stay : stays) {
            common = BigInteger.valueOf(common)
                    .gcd(BigInteger.valueOf(stay.gpus()))
                    .intValue();
        }
        grain = common;
        slots = layout.partsPerGpu() / grain;
        busyUntil = new long[layout.gpus() * slots];
        for (int lane = 0; lane < (ofGpus ? layout.gpus() : layout.nodes()); lane++) {
            spans.add(new ArrayList<>());
        }
    }

    static List<Lane> of(List<ClusterJob> jobs, ClusterRecord record, ClusterLayout layout, List<TunedSweep> sweeps) {
        List<Stay> stays = record.stays();
        ClusterLanes lanes = new ClusterLanes(jobs, stays, layout, sweeps);
        stays.stream()
                .sorted(Comparator.comparingLong(Stay::fromNanos))
                .filter(stay -> stay.toNanos() > stay.fromNanos())
                .forEach(lanes::place);
        return lanes.lanes();
    }

    private void place(Stay stay) {
        int first = firstGpu[stay.node()];
        int missing = stay.gpus() / grain;
        if (stay.which() == 0) {
            fill(stay, first * slots, firstGpu[stay.node() + 1] * slots, missing);
            return;
        }
        for (long left = stay.which(); left != 0; left &= left - 1) {
            int gpu = first + Long.numberOfTrailingZeros(left);
            missing -= fill(stay, gpu * slots, (gpu + 1) * slots, missing);
        }
    }

    /** Gives a job free slots, neighbouring ones where it can; returns how many. */
    private int fill(Stay stay, int first, int end, int wanted) {
        int missing = wanted;
        for (int slot = first; missing > 0 && slot < end; slot++) {
            int run = slot;
            while (missing > 0 && slot < end && busyUntil[slot] <= stay.fromNanos()) {
                busyUntil[slot++] = stay.toNanos();
                missing--;
            }
            if (slot > run) {
                add(stay, run, slot - run);
            }
        }
        return wanted - missing;
    }

    private void add(Stay stay, int slot, int count) {
        if (!ofGpus) {
            int within = slot - firstGpu[stay.node()] * slots;
            spans.get(stay.node()).add(span(stay, Lane.Part.of(within, count, layout.gpus(stay.node()) * slots)));
            return;
        }
        for (int gpu = slot / slots; gpu * slots < slot + count; gpu++) {
            int from = Math.max(slot, gpu * slots) - gpu * slots;
            int to = Math.min(slot + count, (gpu + 1) * slots) - gpu * slots;
            spans.get(gpu).add(span(stay, Lane.Part.of(from, to - from, slots)));
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

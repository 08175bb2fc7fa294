package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which jobs hold which GPUs, and how much each GPU is taken to be in use. Processors and memory are ample on its cluster. */
final class AntManGpus {

    /** Of a GPU, by a guaranteed job: so much when it is found, and the rest when the job has all of its GPUs. */
    private static final double GUARANTEED = 0.1;

    private static final double WHEN_COMPLETE = 0.01;
    /** Of a GPU, by an opportunistic job. */
    private static final double OPPORTUNISTIC = 0.9;
    /** A GPU in use for so much or more takes no opportunistic job. */
    private static final double MOST_SHARED = 0.8;

    private final int perNode;
    private final MuriState[] guaranteed;
    private final double[] used;
    private int unguaranteed;

    AntManGpus(int nodes, int perNode) {
        this.perNode = perNode;
        this.guaranteed = new MuriState[nodes * perNode];
        this.used = new double[nodes * perNode];
        this.unguaranteed = guaranteed.length;
    }

    /** Gives a job GPUs that it is to have for itself, as far as there are any; whether it has all of them now. */
    boolean guarantee(MuriState job) {
        if (unguaranteed == 0) {
            return false;
        }
        if (job.job.gpus() > perNode) {
            wholeNodes(job);
        } else if (job.held.isEmpty()) {
            firstNode(job);
        } else {
            take(job, job.held.get(0) / perNode);
        }
        boolean complete = job.held.size() == job.job.gpus();
        if (complete) {
            job.held.forEach(gpu -> used[gpu] += WHEN_COMPLETE);
        }
        return complete;
    }

    private void wholeNodes(MuriState job) {
        if (job.job.gpus() % perNode != 0) {
            throw new IllegalArgumentException("job " + job.job.id() + " wants " + job.job.gpus()
                    + " GPUs, which is no multiple of the " + perNode + " of a node");
        }
        for (int node = 0; node < used.length / perNode && job.held.size() < job.job.gpus(); node++) {
            if (free(node) == perNode) {
                take(job, node);
            }
        }
    }

    /** The first node that has enough, and else what there is on the first one that has most. */
    private void firstNode(MuriState job) {
        int chosen = 0;
        for (int node = 0; node < used.length / perNode && free(chosen) < job.job.gpus(); node++) {
            chosen = free(node) > free(chosen) ? node : chosen;
        }
        take(job, chosen);
    }

    private int free(int node) {
        int free = 0;
        for (int gpu = node * perNode; gpu < (node + 1) * perNode; gpu++) {
            free += guaranteed[gpu] == null ? 1 : 0;
        }
        return free;
    }

    private void take(MuriState job, int node) {
        for (int gpu = node * perNode; gpu < (node + 1) * perNode && job.held.size() < job.job.gpus(); gpu++) {
            if (guaranteed[gpu] == null) {
                guaranteed[gpu] = job;
                used[gpu] += GUARANTEED - WHEN_COMPLETE;
                unguaranteed--;
                job.held.add(gpu);
            }
        }
    }

    /** Puts an opportunistic job on the GPUs that are used least, if enough are not used much. */
    boolean share(MuriState job) {
        List<Integer> little = new ArrayList<>();
        for (int gpu = 0; gpu < used.length; gpu++) {
            if (used[gpu] < MOST_SHARED) {
                little.add(gpu);
            }
        }
        if (little.size() < job.job.gpus()) {
            return false;
        }
        little.sort(Comparator.comparingDouble(gpu -> used[gpu]));
        for (int gpu : little.subList(0, job.job.gpus())) {
            used[gpu] += OPPORTUNISTIC;
            job.held.add(gpu);
        }
        return true;
    }

    void release(MuriState job) {
        for (int gpu : job.held) {
            used[gpu] -= job.job.isGuaranteed() ? GUARANTEED : OPPORTUNISTIC;
            if (job.job.isGuaranteed()) {
                guaranteed[gpu] = null;
                unguaranteed++;
            }
        }
    }

    Set<MuriState> guaranteedBeside(MuriState job) {
        Set<MuriState> beside = new LinkedHashSet<>();
        for (int gpu : job.held) {
            if (guaranteed[gpu] != null) {
                beside.add(guaranteed[gpu]);
            }
        }
        return beside;
    }
}

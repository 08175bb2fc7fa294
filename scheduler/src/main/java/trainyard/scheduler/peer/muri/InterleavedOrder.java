package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.placement.Placement;

/**
 * Its {@code multi-resource-blossom-same-gpu} and {@code -unaware}, called Muri-S and Muri-L: jobs by what they have left, or have had, of GPU time; in that order
 * as many as would run if four shared the GPUs of each, joined by {@link PackMatching} in up to four rounds while they want more GPUs than there are. A pack
 * whose iteration takes longer than those of its jobs one after the other is none. Where pairs are no longer needed the two still change places in the list, and packs are placed
 * twice, by the least of their jobs and then by size, so one that found a place may lose it.
 */
final class InterleavedOrder implements MuriOrder {

    private static final int ROUNDS = 4;

    private final int nodes;
    private final int gpusPerNode;
    private final Placement placement;
    private final boolean knowsDuration;
    private final PackTimes times = new PackTimes();

    InterleavedOrder(int nodes, int gpusPerNode, Placement placement, boolean knowsDuration) {
        this.nodes = nodes;
        this.gpusPerNode = gpusPerNode;
        this.placement = placement;
        this.knowsDuration = knowsDuration;
    }

    @Override
    public void arrived(MuriState job) {
        job.job.requireTurns();
        job.leftGpuSeconds = job.job.durationSeconds() * job.job.gpus();
    }

    @Override
    public void ended(MuriState job) {}

    @Override
    public void ran(MuriState job) {
        job.leftGpuSeconds = job.iterationsLeft * job.job.iterationSeconds() * job.job.gpus();
        job.hadGpuSeconds = job.executedSeconds * job.job.gpus();
    }

    @Override
    public double together() {
        return CLOSE;
    }

    @Override
    public double togetherWithArrivalsSeconds() {
        return 1e-4;
    }

    private double rank(MuriState job) {
        return knowsDuration ? job.leftGpuSeconds : job.hadGpuSeconds;
    }

    @Override
    public void schedule(List<MuriState> runnable) {
        runnable.sort(Comparator.comparingDouble(this::rank));
        List<JobPack> packs = worthwhile(matched(candidates(runnable)));
        packs.sort(Comparator.comparingDouble(
                pack -> pack.jobs().stream().mapToDouble(this::rank).min().orElseThrow()));
        FreeGpus free = FreeGpus.equal(nodes, gpusPerNode);
        Map<MuriState, JobPack> packOf = new LinkedHashMap<>();
        for (JobPack pack : packs) {
            if (take(free, pack.gpus())) {
                pack.jobs().forEach(job -> packOf.put(job, pack));
            }
        }
        runnable.sort(Comparator.comparingInt(job -> -job.job.gpus()));
        place(runnable, packOf);
    }

    private boolean take(FreeGpus free, int gpus) {
        NodeShares chosen = new NodeShares();
        boolean found = gpus <= free.free() && placement.choose(free, gpus, chosen);
        if (found) {
            chosen.take(free);
        }
        return found;
    }

    /** By size, the first of each as many as would run in packs of four. */
    private Map<Integer, List<JobPack>> candidates(List<MuriState> runnable) {
        Map<Integer, List<MuriState>> bySize = new LinkedHashMap<>();
        runnable.forEach(job -> bySize.computeIfAbsent(job.job.gpus(), none -> new ArrayList<>())
                .add(job));
        Map<Integer, Integer> chosen = new LinkedHashMap<>();
        bySize.keySet().forEach(size -> chosen.put(size, 0));
        Map<Integer, Integer> passed = new LinkedHashMap<>();
        FreeGpus free = FreeGpus.equal(nodes, gpusPerNode);
        for (MuriState job : runnable) {
            int size = job.job.gpus();
            int place = passed.merge(size, 1, Integer::sum) - 1;
            if (place >= chosen.get(size) && take(free, size)) {
                chosen.put(
                        size,
                        Math.min(
                                chosen.get(size) + JobPack.MOST_JOBS,
                                bySize.get(size).size()));
            }
        }
        Map<Integer, List<JobPack>> packs = new LinkedHashMap<>();
        bySize.forEach((size, jobs) -> packs.put(
                size,
                new ArrayList<>(jobs.subList(0, chosen.get(size)).stream()
                        .map(job -> new JobPack(job, times))
                        .toList())));
        return packs;
    }

    private List<JobPack> matched(Map<Integer, List<JobPack>> candidates) {
        Map<Integer, List<JobPack>> packs = candidates;
        int gpus = nodes * gpusPerNode;
        int wanted = 0;
        for (Map.Entry<Integer, List<JobPack>> size : packs.entrySet()) {
            wanted += size.getKey() * size.getValue().size();
        }
        for (int round = 0; round < ROUNDS && (round == 0 || wanted > gpus); round++) {
            Map<Integer, List<JobPack>> next = new LinkedHashMap<>();
            for (Map.Entry<Integer, List<JobPack>> size : packs.entrySet()) {
                List<JobPack> joined = new ArrayList<>();
                wanted = join(size.getKey(), size.getValue(), wanted, gpus, joined);
                next.put(size.getKey(), joined);
            }
            packs = next;
        }
        return packs.values().stream().flatMap(List::stream).toList();
    }

    /** Pairs of the matching are joined while more is wanted than there is; what is wanted then. */
    private static int join(int size, List<JobPack> packs, int wantedBefore, int gpus, List<JobPack> joined) {
        double[][] uses = new double[packs.size()][packs.size()];
        boolean any = false;
        for (int one = 0; one < uses.length; one++) {
            for (int other = 0; other < uses.length; other++) {
                uses[one][other] = one == other ? 0 : packs.get(one).useWith(packs.get(other));
                any |= uses[one][other] > 0;
            }
        }
        int[] partner = any ? PackMatching.of(uses) : new int[0];
        int wanted = wantedBefore;
        for (int pack = 0; pack < packs.size(); pack++) {
            int other = any ? partner[pack] : -1;
            if (other > pack && partner[other] == pack) {
                continue;
            }
            boolean paired = other >= 0 && partner[other] == pack;
            if (paired && wanted > gpus) {
                packs.get(other).add(packs.get(pack));
                wanted -= size;
                joined.add(packs.get(other));
            } else {
                if (paired) {
                    joined.add(packs.get(other));
                }
                joined.add(packs.get(pack));
            }
        }
        return wanted;
    }

    private List<JobPack> worthwhile(List<JobPack> packs) {
        List<JobPack> kept = new ArrayList<>();
        for (JobPack pack : packs) {
            double apart = 0;
            for (MuriState job : pack.jobs()) {
                apart += job.job.iterationSeconds();
            }
            if (pack.iterationSeconds() / apart > 1) {
                pack.jobs().forEach(job -> kept.add(new JobPack(job, times)));
            } else {
                kept.add(pack);
            }
        }
        return kept;
    }

    private void place(List<MuriState> runnable, Map<MuriState, JobPack> packOf) {
        FreeGpus free = FreeGpus.equal(nodes, gpusPerNode);
        Map<JobPack, Boolean> placed = new LinkedHashMap<>();
        for (MuriState job : runnable) {
            JobPack pack = packOf.get(job);
            job.running = pack != null && (placed.containsKey(pack) || take(free, pack.gpus()));
            if (job.running) {
                placed.put(pack, true);
                job.iterationSeconds = pack.iterationSeconds();
                job.overheadSeconds = pack.jobs().stream()
                        .mapToInt(other -> ModelOverhead.seconds(other.job.model(), job.job.gpus()))
                        .sum();
            }
        }
    }
}

package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trainyard.scheduler.hetero.EqualShares;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.peer.PythonRandom;

/**
 * Its {@code gandiva} (after Xiao et al., Gandiva, OSDI 2018): equal shares. Where jobs want more GPUs than there are, jobs of
 * the same size are drawn in pairs that share GPUs, and a pair stays together while it does more than one job would.
 */
final class GavelGandiva implements UnitPolicy {

    private final PythonRandom random;
    /** Whom each job shares with; itself for nobody. */
    private final Map<Integer, Integer> partner = new LinkedHashMap<>();

    GavelGandiva(int seed) {
        random = new PythonRandom(seed);
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public boolean packs() {
        return true;
    }

    @Override
    public void decide(List<Unit> units, ShareDemand demand) {
        Map<Integer, Unit> jobs = new LinkedHashMap<>();
        Map<Set<Integer>, Unit> pairs = new LinkedHashMap<>();
        for (Unit unit : units) {
            if (unit.isPair()) {
                pairs.put(Set.of(unit.first, unit.second), unit);
            } else {
                jobs.put(unit.first, unit);
            }
            unit.shares = new double[demand.types()];
        }
        partWorse(jobs, pairs);
        int wanted = jobs.values().stream().mapToInt(unit -> unit.gpus).sum();
        int there = java.util.Arrays.stream(demand.fleet()).sum();
        Set<Unit> chosen = new LinkedHashSet<>(jobs.values());
        if (wanted > there) {
            pairUp(jobs);
            chosen.clear();
            partner.forEach(
                    (job, other) -> chosen.add(job.equals(other) ? jobs.get(job) : pairs.get(Set.of(job, other))));
        }
        for (Unit unit : chosen) {
            unit.shares = EqualShares.of(demand.fleet(), chosen.size(), unit.gpus);
        }
    }

    private void partWorse(Map<Integer, Unit> jobs, Map<Set<Integer>, Unit> pairs) {
        List<Integer> parted = new ArrayList<>();
        partner.forEach((job, other) -> {
            boolean there = jobs.containsKey(job) && jobs.containsKey(other);
            if (!there || job.equals(other) || gain(pairs.get(Set.of(job, other)), jobs) < 1) {
                parted.add(job);
                parted.add(other);
            }
        });
        partner.keySet().removeAll(parted);
    }

    /** Speeds of both relative to being alone, summed over all types; 0 if one of them does not run. */
    private static double gain(Unit pair, Map<Integer, Unit> jobs) {
        double gain = 0;
        for (int type = 0; type < pair.speeds[0].length; type++) {
            for (int i = 0; i < 2; i++) {
                if (pair.speeds[i][type] <= 0) {
                    return 0;
                }
                gain += pair.speeds[i][type] / jobs.get(i == 0 ? pair.first : pair.second).speeds[0][type];
            }
        }
        return gain;
    }

    private void pairUp(Map<Integer, Unit> jobs) {
        List<Integer> alone = new ArrayList<>(jobs.keySet());
        alone.removeAll(partner.keySet());
        int draws = alone.size();
        for (int i = 0; i < draws && alone.size() > 1; i++) {
            List<Integer> drawn = random.pair(alone);
            int first = drawn.get(0);
            int second = drawn.get(1);
            if (jobs.get(first).gpus == jobs.get(second).gpus) {
                alone.remove(Integer.valueOf(first));
                alone.remove(Integer.valueOf(second));
                partner.put(first, second);
                partner.put(second, first);
            }
        }
        alone.forEach(job -> partner.put(job, job));
    }
}

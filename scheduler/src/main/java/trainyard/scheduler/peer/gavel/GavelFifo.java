package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.peer.PythonRandom;

/**
 * Its {@code fifo} and {@code fifo_perf}: jobs in the order of arrival get a type of their own, and nothing overtakes. With
 * speeds it is the fastest type that has room. Without, the type was to be drawn, but the drawn one only decides which type
 * leaves the list when one is full; the job gets the last type of the list, whether it has room or not, and keeps it.
 */
final class GavelFifo implements UnitPolicy {

    private final boolean bySpeed;
    private final PythonRandom random;
    private final Map<Integer, Integer> typeOf = new LinkedHashMap<>();

    GavelFifo(boolean bySpeed, int seed) {
        this.bySpeed = bySpeed;
        this.random = new PythonRandom(seed);
    }

    @Override
    public boolean ordered() {
        return bySpeed;
    }

    @Override
    public boolean skipsWithoutPriority() {
        return true;
    }

    @Override
    public void decide(List<Unit> units, ShareDemand demand) {
        Map<Integer, Unit> jobs = new LinkedHashMap<>();
        units.forEach(unit -> jobs.put(unit.first, unit));
        if (bySpeed) {
            typeOf.clear();
        }
        int[] free = demand.fleet().clone();
        List<Integer> queue = new ArrayList<>(jobs.keySet());
        queue.removeAll(typeOf.keySet());
        replaceEnded(jobs, queue, free);
        assign(jobs, queue, free);
        for (Unit unit : units) {
            unit.shares = new double[demand.types()];
            if (typeOf.containsKey(unit.first)) {
                unit.shares[typeOf.get(unit.first)] = 1;
            }
        }
    }

    /** The head of the queue takes the place of a job that ended, where it fits what the jobs before that one left. */
    private void replaceEnded(Map<Integer, Unit> jobs, List<Integer> queue, int[] free) {
        for (int job : new TreeSet<>(typeOf.keySet())) {
            int type = typeOf.get(job);
            if (jobs.containsKey(job)) {
                free[type] -= jobs.get(job).gpus;
                continue;
            }
            Unit head = queue.isEmpty() ? null : jobs.get(queue.get(0));
            if (head != null && head.gpus <= free[type] && head.runsOn(type)) {
                queue.remove(0);
                typeOf.put(head.first, type);
                free[type] -= head.gpus;
            }
            typeOf.remove(job);
        }
    }

    private void assign(Map<Integer, Unit> jobs, List<Integer> queue, int[] free) {
        List<Integer> open = new ArrayList<>();
        for (int type = 0; type < free.length; type++) {
            if (free[type] > 0) {
                open.add(type);
            }
        }
        while (!queue.isEmpty() && !open.isEmpty()) {
            Unit job = jobs.get(queue.remove(0));
            List<Integer> withRoom =
                    open.stream().filter(type -> free[type] >= job.gpus).toList();
            if (withRoom.isEmpty()) {
                return;
            }
            int chosen = bySpeed ? fastest(job, withRoom) : random.below(withRoom.size());
            int type = bySpeed ? withRoom.get(chosen) : open.get(open.size() - 1);
            if (job.runsOn(type)) {
                typeOf.put(job.first, type);
                free[type] -= job.gpus;
                if (free[type] == 0) {
                    open.remove(withRoom.get(chosen));
                }
            }
        }
    }

    private static int fastest(Unit job, List<Integer> types) {
        int fastest = 0;
        for (int i = 1; i < types.size(); i++) {
            if (job.speeds[0][types.get(i)] > job.speeds[0][types.get(fastest)]) {
                fastest = i;
            }
        }
        return fastest;
    }
}

package trainyard.scheduler.peer.gavel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.hetero.ShareDemand;

/**
 * The fork's {@code allox} (after Le et al., AlloX, EuroSys 2020): jobs that came first are assigned to GPUs and to places in
 * their queues such that the mean completion time is least; the first of each queue gets its GPU, and keeps it. A job of several
 * GPUs is taken for one of a single GPU and gets the share of one among them.
 */
final class GavelAllox implements UnitPolicy {

    private static final double PART_OF_JOBS = 0.2;
    private static final double HARDLY = 1e-10;

    private final Map<Integer, double[]> kept = new HashMap<>();

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public void decide(List<Unit> units, ShareDemand demand) {
        int types = demand.types();
        int[] free = demand.fleet().clone();
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            double[] shares = kept.computeIfAbsent(units.get(i).first, job -> new double[types]);
            if (java.util.Arrays.stream(shares).sum() == 1.0) {
                for (int type = 0; type < types; type++) {
                    free[type] -= shares[type] == 1.0 ? 1 : 0;
                }
            } else {
                waiting.add(i);
            }
        }
        List<Integer> gpuTypes = new ArrayList<>();
        for (int type = 0; type < types; type++) {
            gpuTypes.addAll(java.util.Collections.nCopies(Math.max(free[type], 0), type));
        }
        assign(units, demand, waiting, gpuTypes);
        units.forEach(unit -> unit.shares = kept.get(unit.first).clone());
    }

    private void assign(List<Unit> units, ShareDemand demand, List<Integer> waiting, List<Integer> gpuTypes) {
        int gpus = gpuTypes.size();
        waiting.sort(Comparator.comparingDouble(i -> -demand.secondsSinceSubmit()[i]));
        int count = Math.min(waiting.size(), Math.max((int) (PART_OF_JOBS * waiting.size()), gpus));
        if (gpus == 0 || count == 0) {
            return;
        }
        double[][] cost = new double[count][gpus * count];
        for (int row = 0; row < count; row++) {
            int job = waiting.get(row);
            for (int column = 0; column < cost[row].length; column++) {
                double speed = demand.speeds()[job][gpuTypes.get(column % gpus)];
                double seconds = demand.stepsLeft()[job] / (speed == 0 ? HARDLY : speed);
                cost[row][column] = (column / gpus + 1) * seconds + demand.secondsSinceSubmit()[job];
            }
        }
        int[] columns = LinearAssignment.of(cost);
        int[] first = new int[gpus];
        java.util.Arrays.fill(first, -1);
        for (int row = 0; row < count; row++) {
            int gpu = columns[row] % gpus;
            if (first[gpu] < 0 || columns[row] > columns[first[gpu]]) {
                first[gpu] = row;
            }
        }
        for (int gpu = 0; gpu < gpus; gpu++) {
            if (first[gpu] >= 0) {
                Unit unit = units.get(waiting.get(first[gpu]));
                kept.get(unit.first)[gpuTypes.get(gpu)] = 1.0 / unit.gpus;
            }
        }
    }
}

package trainyard.scheduler.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.PriorityPreemption;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.QuotaPolicy;
import trainyard.scheduler.quota.QuotaRules;
import trainyard.scheduler.quota.QuotaSpec;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

class BuddyCellsTest {

    private static ClusterLayout layout(int nodes, int gpus, int nodesPerRack) {
        return ClusterLayout.of(List.of(NodePool.of("nodes", nodes, gpus).withDomains(1, nodesPerRack)));
    }

    private static ClusterJob job(String id, String team, long at, int gpus, long run) {
        return ClusterJob.of(id, at, gpus, run).ofTeam(team);
    }

    private static ClusterJob opportunistic(ClusterJob job) {
        return job.with(job.traits().withPriority(-1));
    }

    private static ClusterOutcome run(ClusterLayout layout, List<CellQuota> quotas, List<ClusterJob> jobs) {
        return ClusterSimulation.run(
                jobs,
                layout.free(),
                new BuddyCells(layout, quotas),
                new PriorityPreemption(),
                RunOptions.plain().withAccounts());
    }

    private static List<Long> starts(ClusterOutcome outcome) {
        return outcome.jobs().stream().map(JobOutcome::startNanos).toList();
    }

    @Test
    void levelsFollowTheTopology() {
        assertEquals(
                List.of("gpu", "2-gpus", "4-gpus", "node", "rack"),
                CellLevels.of(layout(8, 8, 4)).names());
        assertEquals(
                List.of("gpu", "2-gpus", "node"), CellLevels.of(layout(3, 6, 1)).names());
        assertArrayEquals(new int[] {4, 3, 3}, CellLevels.of(layout(6, 8, 4)).roots(48));
    }

    /** In a node of eight: 1 at 0, 2 at 2, 4 at 4, 1 at 1; after the 2 has left, 2 fit there again and 4 nowhere. */
    @Test
    void theSmallestFreeCellIsTaken() {
        CellSpace space = new CellSpace(CellLevels.of(layout(2, 8, 1)), new int[] {3, 3});
        boolean[] used = new boolean[16];

        assertArrayEquals(new int[] {0}, take(space, used, 1));
        assertArrayEquals(new int[] {2, 3}, take(space, used, 2));
        assertArrayEquals(new int[] {4, 5, 6, 7}, take(space, used, 4));
        assertArrayEquals(new int[] {1}, take(space, used, 1));
        assertArrayEquals(new int[] {8, 9, 10}, take(space, used, 3));
        assertArrayEquals(new int[] {12, 13, 14, 15}, take(space, used, 4));
        assertArrayEquals(new int[] {11}, take(space, used, 1));
        used[2] = false;
        used[3] = false;
        used[10] = false;
        used[11] = false;
        assertEquals(0, space.pick(4, gpu -> !used[gpu], false).length, "2 and 2 of two nodes are no cell of 4");
        assertArrayEquals(new int[] {2, 3}, take(space, used, 2));
    }

    private static int[] take(CellSpace space, boolean[] used, int gpus) {
        int[] taken = space.pick(gpus, gpu -> !used[gpu], false);
        for (int gpu : taken) {
            used[gpu] = true;
        }
        Arrays.sort(taken);
        return taken;
    }

    @Test
    void cellsOfAllTeamsHaveToFit() {
        ClusterLayout layout = layout(4, 8, 2);
        CellLevels levels = CellLevels.of(layout);
        CellQuota rack = new CellQuota("a", List.of(0, 0, 0, 0, 1));
        CellQuota node = new CellQuota("b", List.of(0, 0, 0, 1, 0));
        CellQuota parts = new CellQuota("c", List.of(0, 2, 1, 0, 0));
        CellQuota more = new CellQuota("d", List.of(1, 0, 0, 0, 0));

        assertEquals(OptionalInt.empty(), CellQuota.shortOf(levels, 32, List.of(rack, node, parts)));
        assertEquals(OptionalInt.of(0), CellQuota.shortOf(levels, 32, List.of(rack, node, parts, more)));
        assertThrows(IllegalArgumentException.class, () -> new BuddyCells(layout, List.of(rack, node, parts, more)));
    }

    /**
     * Sharing anomaly (section 2 of the paper) on two nodes of four GPUs, of which two teams have half each. A short job of team a fills the
     * node on which team b runs a job of two GPUs, so that the next one of b goes to the other node. When the short job is done, two
     * GPUs are free on each node. Team a uses none of its quota of four and still waits for a node until b is done; with
     * a cell of a node for each team it does not.
     */
    @Test
    void aQuotaOfGpusLetsATeamWaitWhereItsCellDoesNot() {
        ClusterLayout layout = layout(2, 4, 1);
        List<ClusterJob> jobs = List.of(
                job("b1", "b", 0, 2, 100),
                job("a0", "a", 1, 2, 9),
                job("b2", "b", 2, 2, 100),
                job("a1", "a", 20, 4, 10));
        QuotaRules quotas =
                QuotaRules.of(List.of(QuotaSpec.hard("a", Amounts.ofGpus(4)), QuotaSpec.hard("b", Amounts.ofGpus(4))));
        ClusterOutcome byNumber =
                ClusterSimulation.run(jobs, layout.free(), new Consolidate(Choice.BEST_FIT), new QuotaPolicy(quotas));

        assertEquals(List.of(0L, 1L, 2L, 100L), starts(byNumber));

        List<CellQuota> cells = List.of(new CellQuota("a", List.of(0, 0, 1)), new CellQuota("b", List.of(0, 0, 1)));
        assertEquals(List.of(0L, 1L, 2L, 20L), starts(run(layout, cells, jobs)));
    }

    /** An opportunistic job takes the cell of another team, is stopped when that comes, and goes on where it is free again. */
    @Test
    void opportunisticJobsMakePlace() {
        ClusterLayout layout = layout(2, 4, 1);
        List<CellQuota> cells = List.of(new CellQuota("a", List.of(0, 0, 1)), new CellQuota("b", List.of(0, 0, 1)));
        List<ClusterJob> jobs = List.of(
                job("b1", "b", 0, 4, 100),
                opportunistic(job("b2", "b", 1, 4, 50)),
                job("a1", "a", 20, 2, 30),
                opportunistic(job("b3", "b", 21, 2, 10)));

        ClusterOutcome outcome = run(layout, cells, jobs);

        assertEquals(List.of(0L, 1L, 20L, 21L), starts(outcome));
        assertEquals(1, outcome.jobs().get(1).preemptions());
        // It ran for 19 of 50, and goes on when a1 is done at 50.
        assertEquals(81, outcome.jobs().get(1).endNanos());
    }

    /** A team that stays inside its cells starts every job when it would in a cluster of its own, whatever others do. */
    @Test
    void inItsCellsNobodyWaitsLongerThanInAClusterOfItsOwn() {
        int stopped = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ClusterLayout layout = layout(8, 8, random.nextBoolean() ? 4 : 1);
            int levels = CellLevels.of(layout).count();
            List<CellQuota> quotas = new ArrayList<>();
            quotas.add(new CellQuota("a", counts(levels, 3, 1 + random.nextInt(3))));
            quotas.add(new CellQuota("b", counts(levels, 2, 1 + random.nextInt(4))));
            quotas.add(new CellQuota("c", counts(levels, 1, 1 + random.nextInt(4))));
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                int team = random.nextInt(4);
                int most = team == 3 ? 16 : 8 >> team;
                ClusterJob one = job(
                        "j" + i,
                        String.valueOf((char) ('a' + team)),
                        random.nextInt(1_000),
                        1 + random.nextInt(most),
                        1 + random.nextInt(300));
                jobs.add(team == 3 || random.nextInt(3) == 0 ? opportunistic(one) : one);
            }
            ClusterOutcome all = run(layout, quotas, jobs);
            stopped += all.preemptions();
            for (CellQuota quota : quotas) {
                List<ClusterJob> own = jobs.stream()
                        .filter(job ->
                                job.team().equals(quota.team()) && job.traits().priority() >= 0)
                        .toList();
                ClusterOutcome alone = run(layout, List.of(quota), own);
                List<JobOutcome> together = all.jobs().stream()
                        .filter(job -> job.job().team().equals(quota.team())
                                && job.job().traits().priority() >= 0)
                        .toList();
                assertEquals(alone.jobs(), together, "team " + quota.team() + " of seed " + seed);
            }
            // A cluster of just as many nodes, without any cells.
            int nodes = quotas.get(0).cells().get(3);
            List<ClusterJob> own = jobs.stream()
                    .filter(job -> job.team().equals("a") && job.traits().priority() >= 0)
                    .toList();
            assertEquals(
                    starts(run(layout(nodes, 8, 1), List.of(), own)),
                    starts(run(layout, List.of(quotas.get(0)), own)),
                    "seed " + seed);
        }
        assertTrue(stopped > 100, "stopped: " + stopped);
    }

    private static List<Integer> counts(int levels, int level, int count) {
        Integer[] counts = new Integer[levels];
        Arrays.fill(counts, 0);
        counts[level] = count;
        return List.of(counts);
    }
}

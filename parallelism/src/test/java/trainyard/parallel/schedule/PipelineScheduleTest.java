package trainyard.parallel.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.parallel.schedule.Pass.Kind;

class PipelineScheduleTest {

    /** Every (micro-batch, chunk) goes forward once and back once, whole or in two parts. */
    @ParameterizedTest
    @EnumSource(Schedule.class)
    void everyStageRunsEveryPassOnceAndForwardFirst(Schedule schedule) {
        forEachShape(schedule, (shape, estimates) -> {
            List<List<Pass>> stages = schedule.order().passes(shape, estimates);
            assertThat(stages).hasSize(shape.stages());
            for (List<Pass> passes : stages) {
                assertThat(passes).doesNotHaveDuplicates();
                assertThat(count(passes, Kind.FORWARD)).isEqualTo(visits(schedule, shape));
                assertThat(count(passes, Kind.BACKWARD) + count(passes, Kind.INPUT_BACKWARD))
                        .isEqualTo(visits(schedule, shape));
                assertThat(count(passes, Kind.WEIGHT)).isEqualTo(count(passes, Kind.INPUT_BACKWARD));
                assertInOrder(passes);
            }
        });
    }

    /** A naive interpreter: whoever can run does, until nobody can; a deadlock leaves passes behind. */
    @ParameterizedTest
    @EnumSource(Schedule.class)
    void noStageWaitsForEver(Schedule schedule) {
        forEachShape(schedule, (shape, estimates) -> {
            PipelineProgram program = PipelineProgram.of(schedule, shape, estimates);
            assertThat(leftOver(program)).as("%s %s", schedule, shape).isZero();
        });
    }

    private interface Check {
        void on(PipelineShape shape, PassEstimates estimates);
    }

    private static void forEachShape(Schedule schedule, Check check) {
        Random random = new Random(schedule.ordinal());
        for (int stages = 2; stages <= 8; stages++) {
            boolean bidirectional = schedule.placement() == ChunkPlacement.BIDIRECTIONAL;
            if (bidirectional && stages % 2 != 0) {
                continue;
            }
            for (int microBatches = bidirectional ? 2 * stages : 1; microBatches <= 21; microBatches++) {
                if (bidirectional && microBatches % 2 != 0) {
                    continue;
                }
                int chunks = schedule.chunksPerStage().orElse(2 + random.nextInt(3));
                PassEstimates estimates = new PassEstimates(
                        1 + random.nextDouble(),
                        1 + random.nextDouble(),
                        2 * random.nextDouble(),
                        random.nextDouble() / 2,
                        random.nextDouble());
                check.on(new PipelineShape(stages, microBatches, chunks), estimates);
            }
        }
    }

    private static int visits(Schedule schedule, PipelineShape shape) {
        return shape.microBatches() * shape.chunks() / schedule.placement().copies();
    }

    private static long count(List<Pass> passes, Kind kind) {
        return passes.stream().filter(pass -> pass.kind() == kind).count();
    }

    private static void assertInOrder(List<Pass> passes) {
        Set<Pass> seen = new HashSet<>();
        for (Pass pass : passes) {
            if (pass.kind() == Kind.WEIGHT) {
                assertThat(seen).contains(Pass.inputBackward(pass.microBatch(), pass.chunk()));
            } else if (pass.kind() != Kind.FORWARD) {
                assertThat(seen).contains(Pass.forward(pass.microBatch(), pass.chunk()));
            }
            seen.add(pass);
        }
    }

    private static int leftOver(PipelineProgram program) {
        List<List<Pass>> left = new ArrayList<>();
        program.stages().forEach(passes -> left.add(new ArrayList<>(passes)));
        Set<String> done = new HashSet<>();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int stage = 0; stage < left.size(); stage++) {
                while (!left.get(stage).isEmpty()
                        && mayRun(program.route(), stage, left.get(stage).get(0), done)) {
                    Pass pass = left.get(stage).remove(0);
                    done.add(name(program.route().slot(stage, pass.chunk()), pass.kind(), pass.microBatch()));
                    moved = true;
                }
            }
        }
        return left.stream().mapToInt(List::size).sum();
    }

    private static boolean mayRun(ChunkRoute route, int stage, Pass pass, Set<String> done) {
        int own = route.slot(stage, pass.chunk());
        if (pass.kind() == Kind.FORWARD) {
            int from = route.previous(own);
            return from == ChunkRoute.END || done.contains(name(from, Kind.FORWARD, pass.microBatch()));
        }
        if (pass.kind() == Kind.WEIGHT) {
            return done.contains(name(own, Kind.INPUT_BACKWARD, pass.microBatch()));
        }
        int from = route.next(own);
        return from == ChunkRoute.END
                ? done.contains(name(own, Kind.FORWARD, pass.microBatch()))
                : done.contains(name(from, Kind.BACKWARD, pass.microBatch()))
                        || done.contains(name(from, Kind.INPUT_BACKWARD, pass.microBatch()));
    }

    private static String name(int slot, Kind kind, int microBatch) {
        return slot + " " + kind + " " + microBatch;
    }

    /** In the V the last chunk of the model lies beside the first; in the loop on the last stage. */
    @org.junit.jupiter.api.Test
    void theRouteFollowsThePiecesOfTheModel() {
        ChunkRoute v = new ChunkRoute(ChunkPlacement.V, 3, 2);
        assertThat(v.next(v.slot(2, 0))).isEqualTo(v.slot(2, 1));
        assertThat(v.next(v.slot(0, 1))).isEqualTo(ChunkRoute.END);
        ChunkRoute loop = new ChunkRoute(ChunkPlacement.LOOP, 3, 2);
        assertThat(loop.next(loop.slot(2, 0))).isEqualTo(loop.slot(0, 1));
        ChunkRoute both = new ChunkRoute(ChunkPlacement.BIDIRECTIONAL, 4, 2);
        assertThat(both.next(both.slot(0, 0))).isEqualTo(both.slot(1, 0));
        assertThat(both.next(both.slot(3, 1))).isEqualTo(both.slot(2, 1));
        assertThat(both.previous(both.slot(3, 1))).isEqualTo(ChunkRoute.END);
    }
}

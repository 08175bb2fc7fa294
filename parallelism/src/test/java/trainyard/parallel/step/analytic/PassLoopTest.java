package trainyard.parallel.step.analytic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

class PassLoopTest {

    private static final int MORE_GROUPS = 3;

    private record Place(int slot, int before, int feeder) {}

    /** The row of a short program with copies put in is the row of the long one, so its growth is that of the long one. */
    @Test
    void moreMicroBatchesOnlyAddCopies() {
        for (PipelineShape shape : shapes()) {
            for (Schedule schedule : schedules(shape.chunks())) {
                int more = MORE_GROUPS * shape.stages();
                PipelineShape longer = new PipelineShape(shape.stages(), shape.microBatches() + more, shape.chunks());
                PassSequence few = sequence(schedule, shape);
                assertThat(few.loops()).as("%s %s", schedule, shape).isNotEmpty();
                assertThat(withCopies(few, more))
                        .as("%s %s", schedule, shape)
                        .isEqualTo(places(sequence(schedule, longer)));
            }
        }
    }

    @Test
    void everyScheduleRepeatsItselfByTheTimeThatIsLookedAt() {
        PipelinePrograms programs = new PipelinePrograms();
        for (PipelineShape shape : shapes()) {
            for (Schedule schedule : schedules(shape.chunks())) {
                PipelineShape many =
                        new PipelineShape(shape.stages(), shape.microBatches() + 1000 * shape.stages(), shape.chunks());
                assertThat(programs.of(schedule, many).numbers().shape().microBatches())
                        .as("%s %s", schedule, many)
                        .isLessThan(6 * shape.stages());
            }
        }
    }

    /** Else the growth of no period that is sought would tell all that later passes wait for. */
    @Test
    void laterPassesWaitForNoneFartherBackThanAPeriod() {
        for (PipelineShape shape : shapes()) {
            for (Schedule schedule : schedules(shape.chunks())) {
                assertThat(sequence(schedule, shape).loops())
                        .as("%s %s", schedule, shape)
                        .allSatisfy(loop -> assertThat(loop.reach()).isBetween(1, shape.stages() * loop.length()));
            }
        }
    }

    private static List<PipelineShape> shapes() {
        List<PipelineShape> shapes = new ArrayList<>();
        for (int stages : new int[] {1, 2, 3, 4, 5, 7, 8, 12}) {
            for (int chunks = 1; chunks <= 4; chunks++) {
                for (int rest : new int[] {0, 1, stages / 2, stages - 1}) {
                    shapes.add(new PipelineShape(stages, 5 * stages + Math.min(rest, stages - 1), chunks));
                }
            }
        }
        return shapes;
    }

    private static List<Schedule> schedules(int chunks) {
        return Arrays.stream(Schedule.values())
                .filter(Schedule::runsWholeBackwards)
                .filter(schedule -> schedule.chunksPerStage().orElse(chunks) == chunks)
                .toList();
    }

    private static PassSequence sequence(Schedule schedule, PipelineShape shape) {
        return PassSequence.of(PipelineProgram.of(schedule, shape, PassEstimates.equal(1)));
    }

    private static List<Place> withCopies(PassSequence sequence, int moreMicroBatches) {
        List<Place> own = places(sequence);
        List<Place> all = new ArrayList<>();
        int place = 0;
        for (PassLoop loop : sequence.loops()) {
            all.addAll(own.subList(place, loop.end()));
            List<Place> copy = own.subList(loop.from(), loop.from() + loop.length());
            Stream.generate(() -> copy)
                    .limit(moreMicroBatches / loop.microBatches())
                    .forEach(all::addAll);
            place = loop.end();
        }
        all.addAll(own.subList(place, own.size()));
        return all;
    }

    private static List<Place> places(PassSequence sequence) {
        return IntStream.range(0, sequence.slots().length)
                .mapToObj(i -> new Place(sequence.slots()[i], sequence.before()[i], sequence.feeders()[i]))
                .toList();
    }
}

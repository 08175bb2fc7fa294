package trainyard.scheduler.run.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.run.watch.ClusterRecord.Queueing;

class QueueRecordTest {

    @Test
    void whoLeavesAtTheMomentAtWhichItCameWasNeverInIt() {
        QueueRecord record = new QueueRecord();
        record.came(5, 0);
        record.came(5, 1);
        record.left(5, 0);
        record.left(7, 1);
        record.came(7, 1);
        record.came(7, 2);
        record.left(7, 1);

        assertEquals(
                List.of(new Queueing(5, 1, true), new Queueing(7, 1, false), new Queueing(7, 2, true)),
                record.changes());
    }

    /** Many jobs come and leave at few moments, in any order. */
    @Test
    void itTellsWhatALookThroughAllChangesTells() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            QueueRecord record = new QueueRecord();
            List<Queueing> expected = new ArrayList<>();
            boolean[] waits = new boolean[100];
            long now = 0;
            for (int change = 0; change < 400; change++) {
                now += random.nextInt(20) == 0 ? 1 : 0;
                int job = random.nextInt(1 + random.nextInt(waits.length));
                waits[job] = !waits[job];
                if (waits[job]) {
                    record.came(now, job);
                    expected.add(new Queueing(now, job, true));
                } else {
                    record.left(now, job);
                    if (!expected.remove(new Queueing(now, job, true))) {
                        expected.add(new Queueing(now, job, false));
                    }
                }
            }
            assertEquals(expected, record.changes());
        }
    }
}

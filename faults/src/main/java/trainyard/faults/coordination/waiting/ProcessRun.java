package trainyard.faults.coordination.waiting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.faults.coordination.StateLog;
import trainyard.faults.coordination.waiting.Party.Fate;
import trainyard.faults.coordination.waiting.Party.Lock;
import trainyard.faults.coordination.waiting.Party.Meeting;
import trainyard.faults.coordination.waiting.WaitForGraph.Wait;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link ProcessGroup}. */
final class ProcessRun {

    private final ProcessGroup group;
    private final Timeline timeline = new Timeline(new Simulation());
    private final StateLog log;
    private final List<Party> processes = new ArrayList<>();
    private final Set<Party> waiting = new LinkedHashSet<>();
    private final Map<String, Lock> locks = new LinkedHashMap<>();
    private final Map<String, Meeting> meetings = new LinkedHashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private Optional<Deadlock> deadlock = Optional.empty();
    private long falseAlarms;
    private long updates;
    private long lostUpdates;
    private long longestWaitNanos;
    private long lastNanos;

    ProcessRun(ProcessGroup group, RandomStreams streams) {
        this.group = group;
        log = new StateLog(group.programs().size());
        group.programs().forEach((name, program) -> {
            Party process = new Party(processes.size(), name, program, factor(streams, processes.size()));
            processes.add(process);
            for (Instruction instruction : program) {
                if (instruction instanceof Instruction.Meet meet) {
                    Meeting meeting = meetings.computeIfAbsent(meet.point(), key -> new Meeting());
                    meeting.missing.add(process);
                    process.meetings.add(meeting);
                }
            }
        });
    }

    private Supplier<Double> factor(RandomStreams streams, int index) {
        if (group.spread() == 0) {
            return () -> 1.0;
        }
        UniformRandomProvider random = streams.stream("process/compute", index);
        ContinuousSampler sampler = new LogNormal(1, group.spread()).sampler(random);
        return sampler::sample;
    }

    ProcessOutcome run() {
        processes.forEach(process -> timeline.at(0, 0, now -> go(process)));
        timeline.simulation().run();
        if (deadlock.isEmpty() && !waiting.isEmpty()) {
            throw new IllegalStateException("processes wait and nothing is left to happen, yet no deadlock was seen");
        }
        deadlock = deadlock.map(
                found -> new Deadlock(found.sinceNanos(), found.cycle(), found.hopeless(), names(waiting), waits()));
        long end = deadlock.map(found -> Math.max(lastNanos, found.sinceNanos() + detectNanos(found)))
                .orElse(lastNanos);
        OptionalDouble detect = deadlock.isPresent()
                        && (group.inspectSeconds().isPresent()
                                || group.timeoutSeconds().isPresent())
                ? OptionalDouble.of(SimTime.seconds(detectNanos(deadlock.get())))
                : OptionalDouble.empty();
        return new ProcessOutcome(
                names(processes),
                lastNanos,
                deadlock,
                detect,
                falseAlarms,
                updates,
                lostUpdates,
                SimTime.seconds(longestWaitNanos),
                log.until(end));
    }

    /** Carries out instructions until one takes time or blocks. */
    private void go(Party process) {
        lastNanos = timeline.now();
        while (process.fate == Fate.ALIVE) {
            if (process.next == process.program.size()) {
                process.next = 0;
                process.rounds++;
            }
            if (process.rounds == group.repeat()) {
                process.fate = Fate.ENDED;
                log.enter(timeline.now(), process.index, "ended");
                leave(process);
                return;
            }
            if (!step(process, process.program.get(process.next++))) {
                return;
            }
        }
    }

    /** Whether the process goes on at once. */
    private boolean step(Party process, Instruction instruction) {
        if (instruction instanceof Instruction.Compute compute) {
            log.enter(timeline.now(), process.index, "computes");
            after(compute.seconds() * process.factor.get(), () -> go(process));
            return false;
        }
        if (instruction instanceof Instruction.Update update) {
            update(process, update);
            return false;
        }
        if (instruction instanceof Instruction.Take take) {
            return take(process, locks.computeIfAbsent(take.lock(), key -> new Lock()), "lock " + take.lock());
        }
        if (instruction instanceof Instruction.Give give) {
            give(process, locks.computeIfAbsent(give.lock(), key -> new Lock()));
            return true;
        }
        if (instruction instanceof Instruction.Meet meet) {
            meet(process, meet);
            return false;
        }
        process.fate = Fate.DEAD;
        log.enter(timeline.now(), process.index, "dead");
        leave(process);
        return false;
    }

    private void after(double seconds, Runnable what) {
        timeline.after(SimTime.nanos(seconds), 0, now -> what.run());
    }

    private void update(Party process, Instruction.Update update) {
        long read = versions.getOrDefault(update.variable(), 0L);
        log.enter(timeline.now(), process.index, "updates", update.variable());
        after(update.seconds() * process.factor.get(), () -> {
            long found = versions.getOrDefault(update.variable(), 0L);
            updates++;
            lostUpdates += found == read ? 0 : 1;
            versions.put(update.variable(), found + 1);
            go(process);
        });
    }

    private boolean take(Party process, Lock lock, String what) {
        if (lock.holder.isEmpty()) {
            hold(process, lock);
            return true;
        }
        lock.queue.add(process);
        process.wanted = Optional.of(lock);
        block(process, what);
        return false;
    }

    private void give(Party process, Lock lock) {
        if (lock.holder.filter(process::equals).isEmpty()) {
            return;
        }
        process.held.remove(lock);
        lock.holder = Optional.empty();
        Optional.ofNullable(lock.queue.poll()).ifPresent(next -> {
            hold(next, lock);
            next.wanted = Optional.empty();
            unblock(next);
            timeline.after(0, 0, now -> go(next));
        });
    }

    private static void hold(Party process, Lock lock) {
        lock.holder = Optional.of(process);
        process.held.add(lock);
    }

    private void meet(Party process, Instruction.Meet meet) {
        Meeting meeting = meetings.get(meet.point());
        meeting.missing.remove(process);
        meeting.arrived.add(process);
        process.attended = Optional.of(meeting);
        if (!meeting.missing.isEmpty()) {
            block(process, meet.word() + " " + meet.point());
            return;
        }
        List<Party> all = List.copyOf(meeting.arrived);
        meeting.missing.addAll(all);
        meeting.arrived.clear();
        for (Party member : all) {
            member.attended = Optional.empty();
            unblock(member);
            log.enter(timeline.now(), member.index, "exchanges", meet.word() + " " + meet.point());
            after(meet.seconds(), () -> go(member));
        }
    }

    private void block(Party process, String what) {
        process.waits = true;
        process.waitsSince = timeline.now();
        waiting.add(process);
        log.enter(timeline.now(), process.index, "waits", what);
        if (deadlock.isEmpty() && (process.waitsInVain() || process.waitsForItself())) {
            noteDeadlock(new WaitForGraph(waits()).cycle(process.name));
        }
    }

    /** A process is dead or has ended: those who wait for it do so in vain. */
    private void leave(Party process) {
        process.meetings.forEach(meeting -> meeting.isHopeless = true);
        if (deadlock.isEmpty() && process.isAwaited()) {
            noteDeadlock(List.of());
        }
    }

    private void unblock(Party process) {
        if (process.waits) {
            long waited = timeline.now() - process.waitsSince;
            longestWaitNanos = Math.max(longestWaitNanos, waited);
            if (group.timeoutSeconds().isPresent()
                    && SimTime.seconds(waited) > group.timeoutSeconds().getAsDouble()) {
                falseAlarms++;
            }
            process.waits = false;
            waiting.remove(process);
        }
    }

    /**
     * The first waits that never end; once there are any, more may join them, but they stay the cause. A cycle goes through the process
     * whose wait closed it, so that it is looked for from there alone.
     */
    private void noteDeadlock(List<Wait> cycle) {
        List<Wait> waits = waits();
        Set<String> gone = processes.stream()
                .filter(process -> process.fate != Fate.ALIVE)
                .map(process -> process.name)
                .collect(Collectors.toSet());
        List<Wait> hopeless =
                waits.stream().filter(wait -> gone.contains(wait.whom())).toList();
        deadlock = Optional.of(new Deadlock(timeline.now(), cycle, hopeless, names(waiting), waits));
    }

    private static List<String> names(Collection<Party> processes) {
        return processes.stream().map(process -> process.name).toList();
    }

    private List<Wait> waits() {
        List<Wait> waits = new ArrayList<>();
        locks.forEach((name, lock) -> lock.holder.ifPresent(holder ->
                lock.queue.forEach(process -> waits.add(new Wait(process.name, holder.name, "lock " + name)))));
        meetings.forEach((point, meeting) -> {
            for (Party process : meeting.arrived) {
                meeting.missing.forEach(other -> waits.add(new Wait(process.name, other.name, word(process))));
            }
        });
        return waits;
    }

    /** The instruction in which a process waits, as its program has it. */
    private static String word(Party process) {
        return process.program.get(process.next - 1) instanceof Instruction.Meet meet
                ? meet.word() + " " + meet.point()
                : "";
    }

    /** By the first look after its start, or by the timeout of the first of its members that gives up. */
    private long detectNanos(Deadlock found) {
        long by = Long.MAX_VALUE;
        if (group.inspectSeconds().isPresent()) {
            long every = Math.max(1, SimTime.nanos(group.inspectSeconds().getAsDouble()));
            by = (found.sinceNanos() / every + 1) * every;
        }
        if (group.timeoutSeconds().isPresent()) {
            long timeout = SimTime.nanos(group.timeoutSeconds().getAsDouble());
            for (Party process : processes) {
                if (process.waits && found.members().contains(process.name)) {
                    by = Math.min(by, process.waitsSince + timeout);
                }
            }
        }
        return by == Long.MAX_VALUE ? 0 : Math.max(0, by - found.sinceNanos());
    }
}

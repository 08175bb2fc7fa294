package trainyard.faults.coordination.election;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.coordination.StateLog;
import trainyard.faults.coordination.election.Controllers.Quorum;
import trainyard.faults.coordination.election.ElectionOutcome.Gap;
import trainyard.faults.coordination.election.ElectionOutcome.Leadership;
import trainyard.faults.coordination.election.ElectionOutcome.SlowLeader;
import trainyard.faults.coordination.election.ElectionOutcome.Write;
import trainyard.faults.coordination.election.Member.Role;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Timeline;
import trainyard.sim.random.RandomStreams;

/** One replication of {@link Controllers}. */
final class ElectionRun {

    private static final int LARGER = 0;
    private static final int SMALLER = 1;

    private final Controllers design;
    private final Timeline timeline = new Timeline(new Simulation());
    private final ControlNetwork network;
    private final UniformRandomProvider timeouts;
    private final List<Member> members = new ArrayList<>();
    private final StateLog memberLog;
    private final StateLog sideLog = new StateLog(2);
    private final List<Write> writes = new ArrayList<>();
    private final List<Leadership> leaders = new ArrayList<>();
    private final List<Gap> outages = new ArrayList<>();
    /** An outage that waits for a leader. */
    private Optional<Controllers.LeaderOutage> awaited = Optional.empty();

    private OptionalLong struckNanos = OptionalLong.empty();
    private Optional<SlowLeader> slow = Optional.empty();
    private int candidacies;
    private long outageSince = -1;
    private boolean hadLeader;
    private long seenNanos;
    private boolean twoLeaders;
    private long twoLeaderNanos;
    private boolean smallerStopped;
    private long smallerStoppedNanos;

    ElectionRun(Controllers design, RandomStreams streams) {
        this.design = design;
        network = new ControlNetwork(design, streams);
        timeouts = streams.stream("election/timeout");
        memberLog = new StateLog(design.members());
        for (int i = 0; i < design.members(); i++) {
            members.add(new Member(i, design.members()));
        }
    }

    ElectionOutcome run() {
        for (Member member : members) {
            memberLog.enter(0, member.index, Role.FOLLOWER.label());
            restartTimer(member);
        }
        refresh();
        design.outage().ifPresent(outage -> at(outage.fromSeconds(), () -> strike(outage)));
        design.cut().ifPresent(cut -> at(cut.fromSeconds(), () -> cut(cut)));
        timeline.simulation().runUntil(SimTime.nanos(design.horizonSeconds()));
        refresh();
        if (outageSince >= 0) {
            outages.add(new Gap(outageSince, timeline.now()));
        }
        return new ElectionOutcome(
                writes,
                leaders.size(),
                candidacies,
                leaders,
                outages,
                struckNanos,
                slow,
                twoLeaderNanos,
                smallerStoppedNanos,
                memberLog.until(timeline.now()),
                sideLog.until(timeline.now()));
    }

    private void at(double seconds, Runnable what) {
        timeline.at(SimTime.nanos(seconds), -1, now -> what.run());
    }

    // What happens to the leader and the network.

    private Optional<Member> leaderOfTheMoment() {
        return members.stream()
                .filter(member -> member.role == Role.LEADER)
                .max((a, b) -> Integer.compare(a.term, b.term));
    }

    private void strike(Controllers.LeaderOutage outage) {
        Optional<Member> present = leaderOfTheMoment();
        if (present.isEmpty()) {
            awaited = Optional.of(outage);
            return;
        }
        awaited = Optional.empty();
        struckNanos = OptionalLong.of(timeline.now());
        Member leader = present.get();
        long end = timeline.now() + SimTime.nanos(outage.seconds());
        if (outage.addedDelaySeconds().isPresent()) {
            double added = outage.addedDelaySeconds().getAsDouble();
            slow = Optional.of(new SlowLeader(leader.index, new Gap(timeline.now(), end), added));
            network.slow(leader.index, added);
            timeline.at(end, -1, now -> network.slow(Member.NOBODY, 0));
            return;
        }
        become(leader, Role.DOWN);
        timeline.cancel(leader.timer);
        timeline.at(end, -1, now -> {
            become(leader, Role.FOLLOWER);
            restartTimer(leader);
        });
    }

    private void cut(Controllers.NetworkCut cut) {
        int former = leaders.isEmpty() ? 0 : leaders.get(leaders.size() - 1).member();
        int leader = leaderOfTheMoment().map(member -> member.index).orElse(former);
        int first = cut.leaderInSmaller() ? leader : (leader + 1) % design.members();
        network.cut(first, cut.smaller(), cut.bridges());
        refresh();
        at(cut.fromSeconds() + cut.seconds(), () -> {
            refresh();
            network.heal();
            refresh();
        });
    }

    // Messages. A message arrives where both ends are up and reach each other when it is sent.

    private void send(Member from, Member to, Runnable arrival) {
        if (from == to || !network.reaches(from.index, to.index)) {
            return;
        }
        timeline.after(network.delayNanos(from.index, timeline.now()), 0, now -> {
            if (to.role != Role.DOWN) {
                arrival.run();
            }
        });
    }

    private int needed(Member of) {
        int all = design.members();
        if (design.quorum() == Quorum.REACHABLE) {
            all = (int) members.stream()
                    .filter(other -> network.reaches(of.index, other.index))
                    .count();
        }
        return all / 2 + 1;
    }

    private void become(Member member, Role role) {
        member.role = role;
        memberLog.enter(timeline.now(), member.index, role.label());
        refresh();
    }

    private void follow(Member member, int term) {
        if (term > member.term) {
            member.term = term;
            member.votedFor = Member.NOBODY;
        }
        if (member.role != Role.FOLLOWER) {
            timeline.cancel(member.timer);
            become(member, Role.FOLLOWER);
            restartTimer(member);
        }
    }

    // Elections.

    private void restartTimer(Member member) {
        timeline.cancel(member.timer);
        double range = design.timeoutHighSeconds() - design.timeoutLowSeconds();
        double seconds = design.timeoutLowSeconds() + range * timeouts.nextDouble();
        member.timer = timeline.after(SimTime.nanos(seconds), 0, now -> stand(member));
    }

    private void stand(Member member) {
        candidacies++;
        member.term++;
        member.votedFor = member.index;
        member.votes = 1;
        become(member, Role.CANDIDATE);
        restartTimer(member);
        if (member.votes >= needed(member)) {
            lead(member);
            return;
        }
        int term = member.term;
        for (Member other : members) {
            send(member, other, () -> askVote(member, other, term));
        }
    }

    private void askVote(Member candidate, Member voter, int term) {
        boolean hearsLeader = timeline.now() - voter.heardNanos < SimTime.nanos(design.timeoutLowSeconds());
        if (design.stickyVotes() && (hearsLeader || voter.role == Role.LEADER)) {
            return;
        }
        if (term > voter.term) {
            follow(voter, term);
        }
        boolean free = voter.votedFor == Member.NOBODY || voter.votedFor == candidate.index;
        if (term < voter.term || !free || voter.isAhead(candidate.number, candidate.numberTerm)) {
            return;
        }
        voter.votedFor = candidate.index;
        restartTimer(voter);
        send(voter, candidate, () -> vote(candidate, term));
    }

    private void vote(Member candidate, int term) {
        if (candidate.role == Role.CANDIDATE && candidate.term == term && ++candidate.votes >= needed(candidate)) {
            lead(candidate);
        }
    }

    private void lead(Member member) {
        timeline.cancel(member.timer);
        Arrays.fill(member.answeredNanos, timeline.now());
        member.writing = false;
        leaders.add(new Leadership(member.index, member.term, timeline.now()));
        become(member, Role.LEADER);
        int term = member.term;
        beat(member, term);
        awaitWrite(member, term);
        awaited.ifPresent(outage -> timeline.at(timeline.now(), 0, now -> strike(outage)));
    }

    private static boolean leads(Member member, int term) {
        return member.role == Role.LEADER && member.term == term;
    }

    // Heartbeats, which carry the newest checkpoint, and what a leader writes.

    private void beat(Member leader, int term) {
        if (!leads(leader, term)) {
            return;
        }
        if (!holdsQuorum(leader)) {
            follow(leader, term);
            return;
        }
        sendState(leader, term);
        timeline.after(SimTime.nanos(design.heartbeatSeconds()), 0, now -> beat(leader, term));
    }

    /** Whether enough members answered within the least timeout, after which they may have another leader. */
    private boolean holdsQuorum(Member leader) {
        long lease = SimTime.nanos(design.timeoutLowSeconds());
        long answered = members.stream()
                .filter(other -> other == leader || timeline.now() - leader.answeredNanos[other.index] <= lease)
                .count();
        return design.quorum() == Quorum.REACHABLE || answered >= needed(leader);
    }

    private void sendState(Member leader, int term) {
        long number = leader.number;
        int numberTerm = leader.numberTerm;
        for (Member other : members) {
            send(leader, other, () -> hear(leader, other, term, number, numberTerm));
        }
    }

    private void hear(Member leader, Member follower, int term, long number, int numberTerm) {
        if (term < follower.term) {
            int newer = follower.term;
            send(follower, leader, () -> answerNewer(leader, newer));
            return;
        }
        if (follower.role == Role.LEADER && follower.term == term && follower.index > leader.index) {
            return;
        }
        follow(follower, term);
        follower.heardNanos = timeline.now();
        boolean overtaken = follower.numberTerm == term && number < follower.number;
        if (!overtaken) {
            follower.number = number;
            follower.numberTerm = numberTerm;
        }
        restartTimer(follower);
        send(follower, leader, () -> answer(leader, follower.index, term, number));
    }

    private void answerNewer(Member leader, int term) {
        if (term > leader.term) {
            follow(leader, term);
        }
    }

    private void answer(Member leader, int follower, int term, long number) {
        if (!leads(leader, term)) {
            return;
        }
        leader.answeredNanos[follower] = timeline.now();
        if (leader.writing && number == leader.number) {
            leader.acknowledged[follower] = true;
            commit(leader);
        }
    }

    private void awaitWrite(Member leader, int term) {
        timeline.after(SimTime.nanos(design.writeSeconds()), 0, now -> {
            if (leads(leader, term)) {
                write(leader, term);
                awaitWrite(leader, term);
            }
        });
    }

    /** A leader that still waits for acknowledgements does not begin another checkpoint. */
    private void write(Member leader, int term) {
        if (leader.writing) {
            return;
        }
        leader.number++;
        leader.numberTerm = term;
        leader.writing = true;
        Arrays.fill(leader.acknowledged, false);
        leader.acknowledged[leader.index] = true;
        sendState(leader, term);
        commit(leader);
    }

    private void commit(Member leader) {
        int enough = design.quorum() == Quorum.REACHABLE ? 1 : needed(leader);
        int have = 0;
        for (boolean one : leader.acknowledged) {
            have += one ? 1 : 0;
        }
        if (have >= enough) {
            leader.writing = false;
            writes.add(new Write(leader.number, leader.index, leader.term, timeline.now()));
        }
    }

    // What both sides can do.

    /** Counts the time since the last change, then looks at what holds from now on. */
    private void refresh() {
        long now = timeline.now();
        twoLeaderNanos += twoLeaders ? now - seenNanos : 0;
        smallerStoppedNanos += smallerStopped ? now - seenNanos : 0;
        seenNanos = now;
        long leading =
                members.stream().filter(member -> member.role == Role.LEADER).count();
        twoLeaders = leading > 1;
        Optional<Member> larger = leaderOf(LARGER);
        Optional<Member> smaller = network.isCut() ? leaderOf(SMALLER) : larger;
        smallerStopped = smaller.isEmpty() && network.isCut();
        logSide(LARGER, larger);
        logSide(SMALLER, smaller);
        noteOutage(larger.isPresent(), now);
    }

    /** The leader of the newest term among those that a side can follow. */
    private Optional<Member> leaderOf(int side) {
        return members.stream()
                .filter(leader -> leader.role == Role.LEADER)
                .filter(leader -> members.stream()
                        .anyMatch(other -> other.role != Role.DOWN
                                && (side == LARGER) == (!network.isCut() || !network.inSmaller(other.index))
                                && network.reaches(leader.index, other.index)))
                .max((a, b) -> Integer.compare(a.term, b.term));
    }

    private void logSide(int side, Optional<Member> leader) {
        String whom = leader.map(member -> "controller " + member.index).orElse("");
        sideLog.enter(timeline.now(), side, whom.isEmpty() ? "no leader" : "follows a leader", whom);
    }

    private void noteOutage(boolean led, long now) {
        if (led) {
            hadLeader = true;
            if (outageSince >= 0) {
                outages.add(new Gap(outageSince, now));
                outageSince = -1;
            }
        } else if (hadLeader && outageSince < 0) {
            outageSince = now;
        }
    }
}

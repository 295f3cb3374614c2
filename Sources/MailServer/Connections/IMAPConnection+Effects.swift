import Authentication
import IMAPCodec
import IMAPSession
import Logging
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// Carrying out what the session wants.
extension IMAPConnection {
    func perform(_ effect: SessionEffect) {
        switch effect {
        case .submit(let change, let actor, let cause): submit(change, actor, cause)
        case .submitQuietly(let change, let actor, let cause):
            services.store.submit(
                change, actor: actor, cause: cause, reply: Reply(on: loop.lane) { _ in })
        case .verify(let attempt): verify(attempt)
        case .run(let job): run(job)
        case .beginBody: beginBody()
        case .feedBody(let bytes): body?.feed(bytes)
        case .finishBody: finishBody()
        case .abandonBody: abandonBody()
        case .acceptAppendLiteral: decoder.acceptAppendLiteral()
        case .refuseAppendLiteral: decoder.refuseAppendLiteral()
        case .expectLine: decoder.expectLine()
        case .expectDone: decoder.expectLine(upTo: ParserLimits.doneLineBytes)
        case .setParserLimits(let limits): decoder.limits = limits
        case .watch(let mailbox): watch(mailbox)
        case .unwatch: unwatch()
        case .close: close()
        }
    }

    private func submit(_ change: any Change, _ actor: Actor, _ cause: Cause) {
        let bound = bound
        let began = NIODeadline.now()
        let reply = Reply(on: loop.lane) { outcome in
            let connection = bound.value
            connection.services.metrics.storeAnswered(after: .now() - began)
            if case .failed(let error) = outcome { connection.services.fullDisk.met(error) }
            connection.answer(.changed(outcome))
        }
        services.store.submit(change, actor: actor, cause: cause, reply: reply)
    }

    private func run(_ job: any OffLoopJob) {
        let cancellation = Cancellation()
        self.job = cancellation
        let (bound, eventLoop) = (bound, loop.eventLoop)
        services.jobs.run(job, for: session.state.user?.name ?? "", cancellation) { result in
            eventLoop.execute {
                bound.value.job = nil
                bound.value.answer(.job(result))
            }
        }
    }
}

/// Logins.
extension IMAPConnection {
    private func verify(_ attempt: LoginAttempt) {
        let bound = bound
        services.door.check(attempt, from: address, on: loop.eventLoop) { result in
            bound.value.verified(attempt, result)
        }
    }

    private func verified(_ attempt: LoginAttempt, _ result: LoginResult) {
        guard session.state.isOpen else { return }
        switch result {
        case .accepted(let name):
            guard isAdmitted(name.string) else { return }
            services.metrics.loggedIn()
            services.logger.info("login", metadata: metadata(user: name.string))
        case .rejected:
            services.metrics.loginFailed()
            services.logger.notice("login failed", metadata: metadata(user: attempt.name))
        case .unavailable(let reason):
            services.logger.error(
                "logins cannot be checked", metadata: ["reason": "\(reason)"])
        }
        answer(.verified(result))
    }

    /// Counts the user's connection, or ends it with a BYE (S11).
    private func isAdmitted(_ user: String) -> Bool {
        if let counted = countedUser {
            // An earlier attempt was right, but its account could not be opened.
            if counted == user { return true }
            services.counts.logout(counted, from: address)
            countedUser = nil
        }
        guard let refusal = services.counts.login(user, from: address) else {
            countedUser = user
            return true
        }
        services.metrics.refused()
        services.logger.warning(
            "login refused: \(refusal)", metadata: metadata(user: user))
        out.writeUntagged(.bye, code: .unavailable, refusal)
        receive(.connectionClosed)
        return false
    }
}

/// Message bodies.
extension IMAPConnection {
    private func beginBody() {
        abandonBody()
        body = BodyFlow(services, eventLoop: loop.eventLoop) { [weak self] in self?.pump() }
    }

    private func finishBody() {
        guard let flow = body else {
            return answer(.body(.failure(.body("no body was begun"))))
        }
        flow.finish { [weak self, weak flow] result in
            guard let self else { return }
            if body === flow { body = nil }
            if case .failure(let error) = result { services.fullDisk.met(error) }
            answer(.body(result))
        }
    }

    private func abandonBody() {
        body?.abandon()
        body = nil
    }
}

/// News.
extension IMAPConnection {
    private func watch(_ mailbox: MailboxID) {
        unwatch()
        let bound = bound
        news.token = services.store.hub.watch(mailbox, on: loop.lane) {
            bound.value.newsCame()
        }
        // Something may have happened before the watch stood.
        news.isDue = true
    }

    private func unwatch() {
        guard let token = news.token else { return }
        services.store.hub.unwatch(token)
        news.token = nil
        news.isDue = false
    }

    private func newsCame() {
        guard news.token != nil, !news.isLate, !news.isDue else { return }
        let interval = TimeAmount(services.configuration.timeouts.newsInterval)
        guard news.isFirst(at: .now(), interval: interval) else {
            news.isLate = true
            return loop.bringLater(self)
        }
        news.isDue = true
        loop.bringSoon(self)
    }

    func bringLateNews() {
        news.isLate = false
        guard news.token != nil else { return }
        news.brought(at: .now())
        news.isDue = true
        loop.bringSoon(self)
    }
}

/// The end.
extension IMAPConnection {
    /// The session is over: what was written goes out, then the client is given time to close.
    private func close() {
        release()
        guard phase == .open, let context else { return }
        phase = .lingering(since: .now())
        input = ByteBuffer()
        let rest = out.buffer
        out.buffer = ByteBuffer()
        clock.wrote(at: loop.now)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(rest)).whenComplete { _ in
            channel.close(mode: .output, promise: nil)
        }
    }

    /// Closes at once, whatever the client has not taken.
    func cut() {
        release()
        phase = .closed
        context?.close(promise: nil)
    }

    /// Gives up whatever the session held outside of itself. Again is harmless.
    func release() {
        job?.cancel()
        job = nil
        abandonBody()
        unwatch()
        guard isCounted else { return }
        isCounted = false
        services.counts.leave(address, user: countedUser)
    }

    private func metadata(user: String) -> Logger.Metadata {
        ["session": "\(id)", "address": "\(address)", "user": .client(user)]
    }
}

//! Jobs: at least once, leased, tried again, given up visibly.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use store::{
    Error, NewJob,
    jobs::{self, Handler, Runner, State},
};

use crate::harness::{NOW, World, on_both, system};

fn handler(max_attempts: u32) -> Handler {
    Handler {
        kind: "test",
        max_attempts,
        run: |context| {
            Box::pin(async move {
                let runs = context.state::<AtomicU32>().ok_or("no state")?;
                runs.fetch_add(1, Ordering::Relaxed);
                match context.payload.as_str() {
                    "fail" => Err("did not work".to_owned()),
                    "panic" => panic!("a handler that panics"),
                    _ => Ok(()),
                }
            })
        },
    }
}

async fn enqueue(world: &World, key: &str, payload: &str, times: usize) {
    for _ in 0..times {
        let job = NewJob {
            kind: "test",
            key: key.to_owned(),
            payload: payload.to_owned(),
            run_at: NOW,
        };
        world
            .db
            .write::<_, Error>(&system(), move |tx| tx.enqueue(job.clone()))
            .await
            .unwrap();
    }
}

async fn only(world: &World) -> jobs::Job {
    let list = world
        .db
        .read::<_, Error>(&system(), |conn| jobs::list(conn, None, 10))
        .await
        .unwrap();
    assert_eq!(list.len(), 1, "{list:?}");
    list.into_iter().next().unwrap()
}

on_both! { the_same_key_is_done_once(world) {
    let runs = Arc::new(AtomicU32::new(0));
    let runner = Runner::new(world.db.clone(), vec![handler(3)], Arc::clone(&runs) as _);
    enqueue(world, "mail:1", "", 3).await;
    assert_eq!(runner.run_due().await.unwrap(), 1);
    enqueue(world, "mail:1", "", 1).await;
    assert_eq!(runner.run_due().await.unwrap(), 0);
    assert_eq!(runs.load(Ordering::Relaxed), 1);
    assert_eq!(only(world).await.state, State::Done);
} }

on_both! { a_failing_job_is_tried_again_later_and_then_given_up(world) {
    let env = world.db.env().clone();
    let runs = Arc::new(AtomicU32::new(0));
    let runner = Runner::new(world.db.clone(), vec![handler(3)], Arc::clone(&runs) as _);
    enqueue(world, "k", "fail", 1).await;
    for (attempt, pause) in [(1, 10), (2, 20)] {
        assert_eq!(runner.run_due().await.unwrap(), 1);
        let job = only(world).await;
        assert_eq!((job.state, job.attempts, job.error.as_deref()), (State::Waiting, attempt, Some("did not work")));
        assert_eq!(runner.run_due().await.unwrap(), 0, "not before its pause is over");
        env.advance_secs(pause);
    }
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(only(world).await.state, State::Dead);
    env.advance_secs(100_000);
    assert_eq!(runner.run_due().await.unwrap(), 0);
    assert_eq!(world.db.read::<_, Error>(&system(), jobs::counts).await.unwrap().dead, 1);
    let later = store::Viewer::system("test", env.now());
    assert!(world.db.write::<_, Error>(&later, |tx| jobs::requeue(tx, "k")).await.unwrap());
    assert!(!world.db.write::<_, Error>(&later, |tx| jobs::requeue(tx, "k")).await.unwrap(), "only the dead");
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(runs.load(Ordering::Relaxed), 4);
} }

on_both! { a_panicking_handler_harms_nobody(world) {
    let runner = Runner::new(world.db.clone(), vec![handler(1)], Arc::new(AtomicU32::new(0)));
    enqueue(world, "k", "panic", 1).await;
    assert_eq!(runner.run_due().await.unwrap(), 1);
    let job = only(world).await;
    assert_eq!(job.state, State::Dead);
    assert!(job.error.unwrap().contains("panicked"));
} }

on_both! { a_dead_holder_loses_its_lease(world) {
    let env = world.db.env().clone();
    enqueue(world, "k", "", 1).await;
    // Somebody took the job and was never heard of again.
    let until = NOW.plus_secs(60).micros();
    world.tamper(&format!("UPDATE job SET state = 'running', attempts = 1, lease_until = {until}"));
    let runs = Arc::new(AtomicU32::new(0));
    let runner = Runner::new(world.db.clone(), vec![handler(3)], Arc::clone(&runs) as _);
    assert_eq!(runner.run_due().await.unwrap(), 0, "the lease still holds");
    env.advance_secs(61);
    assert_eq!(runner.run_due().await.unwrap(), 1);
    let job = only(world).await;
    assert_eq!((job.state, job.attempts, runs.load(Ordering::Relaxed)), (State::Done, 2, 1));
} }

on_both! { two_runners_share_the_work_without_doing_it_twice(world) {
    for number in 0..20 {
        enqueue(world, &format!("k{number}"), "", 1).await;
    }
    let runs = Arc::new(AtomicU32::new(0));
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let runner = Runner::new(world.db.clone(), vec![handler(3)], Arc::clone(&runs) as _);
        running.spawn(async move {
            let mut done = 0;
            for _ in 0..20 {
                done += runner.run_due().await.unwrap();
            }
            done
        });
    }
    assert_eq!(running.join_all().await.into_iter().sum::<usize>(), 20);
    assert_eq!(runs.load(Ordering::Relaxed), 20);
} }

on_both! { a_running_runner_is_woken_by_the_commit(world) {
    let runs = Arc::new(AtomicU32::new(0));
    let runner = Runner::new(world.db.clone(), vec![handler(3)], Arc::clone(&runs) as _);
    let task = tokio::spawn(async move { runner.run().await });
    enqueue(world, "k", "", 1).await;
    for _ in 0..100 {
        if runs.load(Ordering::Relaxed) == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    task.abort();
    assert_eq!(runs.load(Ordering::Relaxed), 1);
} }
